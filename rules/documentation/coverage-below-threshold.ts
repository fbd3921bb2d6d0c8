import { describedIn, type Described } from '../../src/queries/documented.js';
import { matchesGlob } from '../../src/queries/names.js';
import { amount, choices, defineRule, flag, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'Documented share is below the threshold or below the recorded ratchet.',
  severity: 'error',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'none',
  sources: ['000_c87955be76640684.txt'],
  messages: {
    share:
      '{{documented}} of {{total}} {{kinds}} of the project are described: that is {{percent}} %, and {{threshold}} % were asked ' +
      'for, so readers of the database see bare names for the rest. Begin here: no file has more that are not described ({{here}}).',
    more:
      '{{missing}} {{kinds}} of the project are not described, and {{ratchet}} were recorded: new ones came without a description. ' +
      'Describe what is new; no file has more that are not described ({{here}}).',
  },
  options: {
    failUnder: amount('The share in percent that has to be described; 0 for none.'),
    ratchet: amount(
      'How many may go without a description, as counted on the day when this is written; 0 for no limit.',
    ),
    kinds: choices('What is counted.', ['tables', 'columns', 'relationships'], ['tables', 'columns']),
    exclude: strings('Names that are not counted, as globs.', ['id', '*_id', 'created_at', 'updated_at', 'deleted_at']),
    acceptCodeDoc: flag('Count documentation in code, which the database never sees: docstrings, `doc=`, `#:`, JSDoc.'),
  },
  *check({ facts, project, options }) {
    const { failUnder, ratchet, acceptCodeDoc } = options;
    if (failUnder === 0 && ratchet === 0) return;
    const counted = describedIn(project).filter(
      ({ kind, name }) => options.kinds.includes(kind) && !matchesGlob(name, options.exclude),
    );
    const missing = counted.filter(({ stored, inCode }) => !(stored || (acceptCodeDoc && inCode)));
    // One finding for the project: in the file that most is missing in, the first of several.
    const perFile = new Map<string, Described[]>();
    for (const each of missing.length > 0 ? missing : counted) {
      const same = perFile.get(each.path);
      if (same) same.push(each);
      else perFile.set(each.path, [each]);
    }
    const [worst] = [...perFile.values()].sort((a, b) => b.length - a.length);
    const at = worst?.[0];
    if (worst === undefined || at?.path !== facts.path) return;
    const data = {
      documented: counted.length - missing.length,
      total: counted.length,
      missing: missing.length,
      kinds: options.kinds.join(' and '),
      here: worst.length,
    };
    const percent = Math.floor((100 * data.documented) / data.total);
    if (percent < failUnder) yield { message: 'share', at, data: { ...data, percent, threshold: failUnder } };
    if (ratchet > 0 && missing.length > ratchet) yield { message: 'more', at, data: { ...data, ratchet } };
  },
});
