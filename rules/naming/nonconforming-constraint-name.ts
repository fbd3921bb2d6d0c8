import { defineRule, flag, strings } from '../../src/rule.js';
import { givenParts, isIndex, type GivenPart } from '../../src/queries/given-parts.js';
import { follows, isWritten, keyOf, schemeOf } from '../../src/queries/name-schemes.js';
import { filled, tokensOf } from '../../src/queries/naming-templates.js';
import { spoken } from '../../src/queries/names.js';

export default defineRule({
  summary: 'A constraint name does not follow the configured or declared template.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    '004_9452bc49d0f85f35.txt',
    'atlas NM105',
    'pg-migration-lint PGM509',
    'pgsafe naming-convention',
  ],
  messages: {
    declared:
      'The constraint name "{{name}}" on {{table}} does not follow the template "{{template}}": who looks for the constraint ' +
      'by its table and columns does not find it. Call it "{{better}}".',
    usual:
      'The constraint name "{{name}}" on {{table}} does not follow "{{template}}", {{why}}: who looks for the constraint by ' +
      'its table and columns does not find it. Call it "{{better}}".',
    anonymous: 'The constraint on {{table}} has no name. Call it "{{better}}".',
    rename: 'Call it "{{better}}".',
  },
  options: {
    templates: strings(
      'Templates where no naming convention has one, as `uq=uq_%(table_name)s_%(column_0_N_name)s`; keys are `uq`, `fk`, `pk`, `ck`.',
    ),
    allowAnonymous: flag('Leave constraints of models without a name alone.', true),
  },
  *check({ facts, project, options, authoring }) {
    for (const part of givenParts(project, facts)) {
      const { fact, name, table } = part;
      if (isIndex(fact)) continue;
      const scheme = schemeOf(project, facts, part, options.templates, isAnnounced(part));
      // SQLAlchemy itself puts what is written into a template that asks for it.
      if (scheme === undefined || tokensOf(scheme.template).includes('constraint_name')) continue;
      const better = filled(scheme.template, fact, table);
      if (better === undefined) continue;
      const data = { table: spoken(table), template: scheme.template, better };
      if (name === undefined && !options.allowAnonymous && part.source === 'model') {
        yield { message: 'anonymous', at: fact, data };
      }
      if (name === undefined || !isWritten(part) || follows(part, scheme.template, facts.dialect)) continue;
      const why = tells[keyOf(fact)] ?? 'the usual form';
      yield {
        message: scheme.declared ? 'declared' : 'usual',
        at: name,
        data: { ...data, name: name.value, why },
        suggest: { message: 'rename', data: { better }, edits: authoring.replaceName(name, better) },
      };
    }
  },
});

const tells: { readonly [key: string]: string } = {
  uq: 'the form of unique constraints here or in general',
  fk: 'the form of foreign keys here or in general',
  pk: 'the form of primary keys here or in general',
};

/** Whether a name begins as the usual template of its kind does, and so says that it follows it. */
const isAnnounced = ({ fact, name }: GivenPart): boolean => name?.value.startsWith(`${keyOf(fact)}_`) === true;
