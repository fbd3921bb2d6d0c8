import { defineRule, flag, strings } from '../../src/rule.js';
import type { Table } from '../../src/ir/index.js';
import { isHistoryTable } from '../../src/queries/history-tables.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { primaryKeyRemedy } from '../../src/queries/remedies.js';
import { tablesAnsweredFor, viewsOf, type TableView } from '../../src/queries/table-views.js';
import { isCertain } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'A table has no primary key.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['file', 'history'],
  fix: 'suggestion',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'splinter 0004',
    'pgsafe require-primary-key',
    'pg-migration-lint PGM502',
    'skeema pk',
    'diesel-guard CreateTableWithoutPkCheck',
  ],
  messages: {
    missing:
      'Table {{table}} has no primary key: no row of it can be addressed, neither by an ORM nor by logical replication. Write {{remedy}}.',
    add: 'Add a key column "id" to {{table}}.',
  },
  options: {
    ignore: strings('Tables to leave alone; `*` stands for any run of characters.'),
    allowPureJoin: flag(
      'Accept a join table, one that holds nothing but foreign keys, with a unique constraint or index over them.',
    ),
  },
  *check({ facts, project, options, authoring }) {
    for (const view of tablesAnsweredFor(project, facts)) {
      const { declaration } = view;
      if (view.facts !== facts || declaration?.role !== 'table' || isRefused(declaration)) continue;
      if (view.partition || matchesGlob(view.name.name.value, options.ignore)) continue;
      if (view.dialect === 'tsql' && isHistoryTable(project, view.name)) continue;
      if (viewsOf(project, view.key).some((each) => hasKey(each) || mayHaveKey(each))) continue;
      if (options.allowPureJoin && isJoinWithKey(view)) continue;
      const table = spoken(view.name);
      const hasId = declaration.columns.some(({ name }) => name.value.toLowerCase() === 'id');
      yield {
        message: 'missing',
        at: declaration.name,
        data: { table, remedy: primaryKeyRemedy(declaration.declaredBy, view.dialect) },
        ...(!hasId && { suggest: { message: 'add', data: { table }, edits: authoring.addPrimaryKey(declaration) } }),
      };
    }
  },
});

/**
 * A mapped class without a key does not start: its ORM says so by itself. Prisma is content with a unique field, and
 * Drizzle asks for no key.
 */
const isRefused = ({ className, declaredBy }: Table): boolean =>
  className !== undefined && declaredBy !== 'prisma' && declaredBy !== 'drizzle';

function hasKey(view: TableView): boolean {
  return view.constraints.some(({ fact }) => fact.kind === 'primary');
}

/** Whether parts of the declaration are unknown that may hold a key. The result of a query brings none. */
function mayHaveKey(view: TableView): boolean {
  const { declaration } = view;
  if (declaration === undefined) return false;
  return !isCertain(view, 'constraints') || !(declaration.asSelect || isCertain(view, 'columns'));
}

/** Nothing but two or more foreign keys, and a unique key over all of them. */
function isJoinWithKey({ declaration, constraints, indexes }: TableView): boolean {
  const names = (list: readonly { value: string }[]): string[] => list.map(({ value }) => value.toLowerCase());
  const columns = names((declaration?.columns ?? []).map(({ name }) => name));
  const foreign = constraints.flatMap(({ fact }) => (fact.kind === 'foreign' ? [names(fact.columns)] : []));
  const unique = [
    ...constraints.flatMap(({ fact }) => (fact.kind === 'unique' ? [names(fact.columns)] : [])),
    ...indexes.flatMap(({ fact }) =>
      fact.unique && fact.where === undefined ? [fact.keys.map((key) => key.column?.toLowerCase())] : [],
    ),
  ];
  return (
    foreign.length > 1 &&
    columns.every((column) => foreign.flat().includes(column)) &&
    unique.some((key) => columns.every((column) => key.includes(column)))
  );
}
