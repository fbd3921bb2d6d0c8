import { readArguments } from '../arguments.js';
import { cacheFlags, cacheOf } from '../cache.js';
import type { Command } from '../command.js';
import { sourceReader } from '../source.js';
import { UsageError } from '../usage-error.js';
import type { LineOf } from '../drift/description.js';

const flags = {
  format: { value: 'NAME', help: 'table (default) or json.' },
  config: { value: 'FILE', help: 'Read this configuration instead of searching for one.' },
  ...cacheFlags,
} as const;

/** `ddlint drift`: the models against what the migrations make. */
export const drift: Command = {
  usage: 'ddlint drift',
  summary: 'Compare the models with the schema that their migrations make, without a database.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    const { format = 'table', config } = values;
    if (positionals.length > 0) throw new UsageError(`"ddlint drift" takes no path, not "${positionals[0]}"`);
    if (format !== 'table' && format !== 'json') throw new UsageError(`--format ${format} is none of table, json`);
    const [{ lintProject, readProject }, { comparisons }, { described }, { rules }] = await Promise.all([
      import('../../index.js'),
      import('../../queries/drift/differences.js'),
      import('../drift/description.js'),
      import('../../../rules/index.js'),
    ]);
    const common = { cwd: io.cwd, ...(config !== undefined && { config }), ...cacheOf(values, io) };
    const others = Object.keys(rules).filter((id) => !id.startsWith('drift/'));
    const off = Object.fromEntries(others.map((id) => [id, 'off' as const]));
    // The rules say how bad each difference is, and what of them the user lets be.
    const { findings, errors } = await lintProject({ ...common, additions: { rules: off }, all: true });
    const all = comparisons(await readProject(common));
    const lineOf = linesOf(io.cwd);
    const descriptions = all.map((each) => described(each, findings, lineOf));
    if (format === 'json') io.out.write(`${JSON.stringify(descriptions, null, 2)}\n`);
    else if (descriptions.length === 0) io.out.write('No models that migrations of the project are for.\n');
    else {
      const { driftTable } = await import('../drift/table.js');
      io.out.write(descriptions.map(driftTable).join('\n'));
    }
    if (errors.length > 0) {
      const { errorReport } = await import('../crash.js');
      io.err.write(errorReport(errors, argv));
      return 3;
    }
    return findings.some(({ rule, severity }) => rule.startsWith('drift/') && severity === 'error') ? 1 : 0;
  },
};

/** Counts lines in the files of a folder; each is read once. */
function linesOf(cwd: string): LineOf {
  const read = sourceReader(cwd, false);
  const texts = new Map<string, string>();
  return (path, offset) => {
    let text = texts.get(path);
    if (text === undefined) texts.set(path, (text = read(path) ?? ''));
    return text.slice(0, offset).split('\n').length;
  };
}
