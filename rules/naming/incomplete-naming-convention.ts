import { defineRule } from '../../src/rule.js';
import type {
  Constraint,
  ConventionEntry,
  FileFacts,
  Index,
  NamingConvention,
  Project,
  Table,
} from '../../src/ir/index.js';
import { conventionKeys, conventionOfTable } from '../../src/queries/naming-convention.js';
import {
  columnsOf,
  missingKeys,
  recommendedTemplates,
  tokensOf,
  unknownTokens,
} from '../../src/queries/naming-templates.js';
import { spoken } from '../../src/queries/names.js';
import { indexesOf, keysOf } from '../../src/queries/tables.js';

const kinds: { readonly [key: string]: string } = {
  ix: 'indexes',
  uq: 'unique constraints',
  ck: 'check constraints',
  fk: 'foreign keys',
  pk: 'primary keys',
};

export default defineRule({
  summary: 'A naming convention lacks a key, uses an unknown token, or cannot tell composite keys apart.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    missing:
      'The naming convention has no entry for {{keys}}: those get no name from it, so what the database calls them is ' +
      "anyone's guess, and a downgrade can't name them. Add {{entries}}.",
    index:
      'The naming convention has no "ix" entry, and takes the place of the one that SQLAlchemy brings along: index=True ' +
      'raises CompileError, as its index has no name. Add {{entries}}.',
    token:
      'The template of "{{key}}" uses %({{token}})s, which is no token of SQLAlchemy and no entry of this convention: ' +
      'KeyError as soon as something has to be named. Write {{known}}, or add an entry "{{token}}" that makes it.',
    composite:
      'The template of "{{key}}" names the first column only: two {{kinds}} of one table that begin with the same column ' +
      'get the same name. Write %(column_0_N_name)s, which names all of them.',
    collides:
      'The template of "{{key}}" names the first column only: {{table}} has two {{kinds}} that begin with {{column}}, and ' +
      'both are called "{{name}}". Write %(column_0_N_name)s, which names all columns.',
    add: 'Add {{entries}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const convention of conventionsIn(facts)) {
      const missing = missingKeys(convention);
      if (missing.length > 0) {
        const templates = recommendedTemplates(missing);
        const entries = templates.map(([key, template]) => `"${key}": "${template}"`).join(', ');
        const keys = missing.map((key) => kinds[key]).join(', ');
        yield {
          message: missing.includes('ix') ? 'index' : 'missing',
          at: convention,
          data: { keys, entries },
          suggest: { message: 'add', data: { entries }, edits: authoring.addTemplates(convention, templates) },
        };
      }
      for (const entry of convention.entries) {
        if (kinds[entry.key] === undefined || entry.template === undefined) continue;
        for (const token of unknownTokens(entry, convention)) {
          const known = token.includes('column') ? '%(column_0_N_name)s' : '%(table_name)s';
          yield { message: 'token', at: entry.template, data: { key: entry.key, token, known } };
        }
        if (!namesFirstOnly(entry)) continue;
        const data = { key: entry.key, kinds: kinds[entry.key]! };
        const pair = collision(project, convention, entry.key);
        if (pair) yield { message: 'collides', at: entry.template, data: { ...data, ...pair } };
        else yield { message: 'composite', severity: 'info', at: entry.template, data };
      }
    }
  },
});

/** The conventions that are written in a file and can be seen as a whole. */
const conventionsIn = ({ metadata = [], scope }: FileFacts): NamingConvention[] =>
  scope === 'test'
    ? []
    : metadata.flatMap(({ convention }) =>
        convention && convention.uncertain.length === 0 && convention.entries.length > 0 ? [convention] : [],
      );

/** Whether what a template names of the columns is the first one and nothing else. */
function namesFirstOnly({ key, template }: ConventionEntry): boolean {
  if (key === 'pk' || key === 'ck') return false;
  const tokens = tokensOf(template?.value ?? '');
  return (
    tokens.some((token) => /^column_0_(?:name|label|key)$/.test(token)) &&
    tokens.every((token) => /^(?:column_0_(?:name|label|key)|table_name|referred_\w+)$/.test(token))
  );
}

/** Two parts of one table that a template gives the same name. */
function collision(
  project: Project,
  convention: NamingConvention,
  key: string,
): { table: string; column: string; name: string } | undefined {
  for (const { tables, scope } of project.files) {
    for (const table of scope === 'test' ? [] : tables) {
      const found = table.role === 'table' ? conventionOfTable(project, table) : undefined;
      if (found?.kind !== 'known' || found.convention !== convention) continue;
      const seen = new Set<string>();
      for (const { name, fact } of namedBy(table, key)) {
        if (seen.has(name)) return { table: spoken(table.name), column: columnsOf(fact)[0] ?? '', name };
        seen.add(name);
      }
    }
  }
  return undefined;
}

function* namedBy(table: Table, key: string): Generator<{ name: string; fact: Index | Constraint }> {
  const parts: (Index | Constraint)[] = key === 'ix' ? indexesOf(table) : keysOf(table);
  for (const fact of parts) {
    const own = 'kind' in fact ? conventionKeys[fact.kind] === key : key === 'ix';
    if (own && fact.name?.generated) yield { name: fact.name.value, fact };
  }
}
