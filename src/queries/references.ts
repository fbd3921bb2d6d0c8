import type { Dialect, FileFacts, Name, Project, QualifiedName, Span, Statement, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { namesColumn } from './column-mentions.js';
import { isDocumentation } from './engines.js';
import { foldedInTable, objectKey } from './names.js';
import { statementsIn } from './operations.js';

/** A place that still names a table or a column. */
export interface Reference {
  path: string;
  span: Span;
  kind: 'model' | 'query' | 'view';
  /** In words that a message can show: `class Account`, `a query`, `view account_phone`. */
  what: string;
}

interface Namers {
  models: { table: Table; facts: FileFacts }[];
  queries: { statement: Statement; facts: FileFacts }[];
}

/** By the key of the table: what names it, migrations and tests left out. */
type ByTable = Map<string, Namers>;

const byDialect = defineQuery((project) => {
  const known = new Map<Dialect, ByTable>();
  return (dialect: Dialect): ByTable => {
    let namers = known.get(dialect);
    if (namers === undefined) known.set(dialect, (namers = namersOf(project, dialect)));
    return namers;
  };
});

function namersOf(project: Project, dialect: Dialect): ByTable {
  const all: ByTable = new Map();
  const at = (name: QualifiedName): Namers => {
    const key = objectKey(name, dialect);
    let namers = all.get(key);
    if (namers === undefined) all.set(key, (namers = { models: [], queries: [] }));
    return namers;
  };
  for (const facts of project.files) {
    if (facts.scope === 'test' || facts.migrations.length > 0 || isDocumentation(facts.path)) continue;
    for (const table of facts.tables) {
      if (table.role !== 'abstract' && !table.name.name.unknown) at(table.name).models.push({ table, facts });
    }
    if (!holdsQueries(facts)) continue;
    for (const statement of statementsIn(facts)) {
      if (!isQuery(statement)) continue;
      for (const namers of new Set([...statement.reads, ...statement.writes].map(at))) {
        namers.queries.push({ statement, facts });
      }
    }
  }
  return all;
}

/** Code, and files of SQL whose statements have names for a generator of code: sqlc, aiosql and their like. */
const holdsQueries = ({ frontend, comments }: FileFacts): boolean =>
  frontend !== 'sql' || comments.some(({ text }) => /^name\s*:\s*\w/.test(text));

/** Statements of the application read and write rows; what makes tables in code is no one's reader. */
const isQuery = ({ operations }: Statement): boolean =>
  operations.every(({ kind }) => /^(?:Select|Insert|Update|Delete|Merge|Copy|Truncate|Lock)$/.test(kind));

/**
 * The places that name a table, or a column of it, outside of migrations and tests: models, and queries in code.
 * A query counts for a column only where there is no doubt that the column is meant.
 * @param from the file of the operation that removes or renames it, which does not count
 */
export function stillReferenced(
  project: Project,
  { table, column, dialect }: { table: QualifiedName; column?: Name; dialect: Dialect },
  from: FileFacts,
): Reference[] {
  if (table.name.unknown || table.schema?.unknown || column?.unknown) return [];
  const namers = byDialect(project)(dialect).get(objectKey(table, dialect));
  if (namers === undefined) return [];
  return [
    ...namers.models.flatMap((model) => (model.facts === from ? [] : inModel(model, column, dialect))),
    ...namers.queries.flatMap(({ statement, facts }): Reference[] => {
      if (facts === from || (column && !namesColumn(statement, table, column, dialect))) return [];
      return [{ path: facts.path, span: statement.span, kind: 'query', what: 'a query' }];
    }),
  ];
}

function inModel({ table, facts }: Namers['models'][number], column: Name | undefined, dialect: Dialect): Reference[] {
  const what = table.className === undefined ? `the model of ${table.name.name.value}` : `class ${table.className}`;
  const reference = { path: facts.path, kind: 'model', what } as const;
  if (column === undefined) return [{ ...reference, span: table.name.span }];
  const wanted = foldedInTable(column, dialect);
  const found = table.columns.find(({ name }) => !name.unknown && foldedInTable(name, dialect) === wanted);
  // A column of a mixin stands in the mixin's file.
  return found === undefined ? [] : [{ ...reference, span: found.from === undefined ? found.span : table.name.span }];
}
