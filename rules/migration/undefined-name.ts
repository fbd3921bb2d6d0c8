import { defineRule } from '../../src/rule.js';
import { isUnshownModel } from '../../src/queries/migration-models.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A migration uses a name it never imports or defines.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'auto',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt', 'ruff F821'],
  messages: {
    import:
      '"{{name}}" is read here, and the migration neither imports nor defines it: it ends with a NameError when it gets ' +
      'here. Write "{{statement}}".',
    unknown:
      '"{{name}}" is read here, and the migration neither imports nor defines it: it ends with a NameError when it gets ' +
      'here. Import it, or define it before.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    const seen = new Set<string>();
    for (const unbound of facts.unboundNames ?? []) {
      const { name } = unbound;
      if (seen.has(name) || isUnshownModel(project, facts, name)) continue;
      seen.add(name);
      const wanted = usual.get(name);
      yield {
        message: wanted ? 'import' : 'unknown',
        at: unbound,
        data: { name, statement: wanted ? statementOf(name, wanted) : '' },
        fix: wanted && authoring.importName(name, wanted),
      };
    }
  },
});

/** What names stand for that every revision uses alike: those of Alembic's template, and those that autogenerate writes. */
const usual: ReadonlyMap<string, { module: string; from?: true }> = new Map([
  ['op', { module: 'alembic', from: true }],
  ['context', { module: 'alembic', from: true }],
  ['sa', { module: 'sqlalchemy' }],
  ['sqlalchemy', { module: 'sqlalchemy' }],
  ['sqlmodel', { module: 'sqlmodel' }],
  ['geoalchemy2', { module: 'geoalchemy2' }],
  ['pgvector', { module: 'pgvector' }],
  ['sqlalchemy_utils', { module: 'sqlalchemy_utils' }],
  ['uuid', { module: 'uuid' }],
  ...['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'].map(
    (name) => [name, { module: 'sqlalchemy.dialects', from: true }] as const,
  ),
]);

const statementOf = (name: string, { module, from }: { module: string; from?: true }): string =>
  from ? `from ${module} import ${name}` : module === name ? `import ${module}` : `import ${module} as ${name}`;
