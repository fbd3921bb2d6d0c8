import { createRequire } from 'node:module';
import { type ColumnFacts, constraintFact, type Facts, type IndexFacts, withPrimary } from './facts.js';

/** What is looked at of the trees, which have no types of their own that tell the dialects apart. */
interface Tree {
  type: string;
  keyword?: string;
  action?: string;
  resource?: string;
  db?: string | null;
  table?: Tree[] | Tree | string | null;
  name?: Tree[] | Tree;
  from?: Tree[];
  view?: { db?: string | null; view: string };
  where?: object | null;
  limit?: { value: object[] } | null;
  join?: string;
  on?: object;
  using?: object;
  expr?: Tree[];
  set?: { column: string }[];
  column?: Tree | string;
  old_column?: Tree;
  create_definitions?: Tree[] | Tree;
  definition?: Tree[] | { dataType: string };
  nullable?: { type: string };
  default_val?: object;
  generated?: object;
  primary_key?: string;
  unique?: string;
  check?: object;
  constraint_type?: string;
  constraint?: string;
  index?: string | { schema?: string | null; name: string } | null;
  index_type?: string;
  index_columns?: Tree[];
  key?: string;
  order_by?: string;
  args?: { value: { type: string }[] };
  reference_definition?: {
    definition?: Tree[];
    table: Tree[];
    on_action: { type: string; value: { value: string } }[];
  };
  if_not_exists?: string | null;
  prefix?: string | null;
  temporary?: string | null;
  like?: object;
  query_expr?: object;
  value?: string;
}

const load = createRequire(import.meta.url);
const parsers = {
  mysql: parserOf('mysql'),
  sqlite: parserOf('sqlite'),
};

function parserOf(dialect: 'mysql' | 'sqlite') {
  const { Parser } = load(`node-sql-parser/build/${dialect}.js`) as {
    Parser: new () => { astify(sql: string, options: object): Tree | Tree[] };
  };
  const parser = new Parser();
  return (sql: string) => parser.astify(sql, { database: dialect });
}

const relation = ({ db, table }: Tree): string => ((db ? `${db}.` : '') + (table as string)).toLowerCase();
const first = (table: Tree['table'] | Tree['name']): Tree => [table as Tree[] | Tree].flat()[0]!;
const nameOf = (column: Tree['column']): string =>
  (typeof column === 'string' ? column : (column?.column as string)).toLowerCase();
const named = (index: Tree['index']): string => (typeof index === 'string' ? index : (index?.name ?? '')).toLowerCase();

const words: { [type: string]: string } = {
  'primary key': 'primary',
  primary: 'primary',
  unique: 'unique',
  'unique key': 'unique',
  'unique index': 'unique',
  'foreign key': 'foreign',
  check: 'check',
};

const namesIn = (definition: Tree['definition']): string[] =>
  (definition as Tree[]).map((each) => keyOf(each).replace(/ desc$/, ''));

function reference(name: string | undefined, columns: string[], to: NonNullable<Tree['reference_definition']>): string {
  const action = (type: string) => to.on_action.find((each) => each.type === type)?.value.value.toLowerCase();
  return constraintFact('foreign', {
    name,
    columns,
    target: relation(to.table[0]!),
    theirs: namesIn(to.definition ?? []),
    onDelete: action('on delete'),
    onUpdate: action('on update'),
  });
}

function constraintOf(tree: Tree): string {
  const kind = words[tree.constraint_type!.toLowerCase()]!;
  const name = tree.constraint ?? named(tree.index);
  if (kind === 'check') return constraintFact(kind, { name });
  const columns = namesIn(tree.definition);
  return kind === 'foreign'
    ? reference(name, columns, tree.reference_definition!)
    : constraintFact(kind, { name, columns });
}

/** A key of an index; the other parser takes `a(10)` for a call, and a quoted name for a string. */
function keyOf({ type, column, name, args, order_by, value }: Tree): string {
  const call = (name as unknown as { name: { value: string }[] } | undefined)?.name[0]?.value;
  const prefix = type === 'function' && args?.value.length === 1 && args.value[0]!.type === 'number';
  const text = prefix
    ? call
    : type === 'column_ref'
      ? nameOf(column)
      : type.endsWith('quote_string')
        ? value
        : undefined;
  const key = text?.toLowerCase() ?? 'expression';
  return order_by?.toLowerCase() === 'desc' ? `${key} desc` : key;
}

const indexOf = (tree: Tree): IndexFacts => ({
  name: named(tree.index),
  unique: tree.index_type?.toLowerCase() === 'unique',
  keys: (tree.index_columns ?? (tree.definition as Tree[])).map(keyOf),
  where: tree.where != null,
});

function columnOf(tree: Tree): ColumnFacts {
  const name = nameOf(tree.column);
  const constraints = [
    tree.primary_key ? constraintFact('primary', { columns: [name] }) : '',
    tree.unique ? constraintFact('unique', { columns: [name] }) : '',
    tree.check ? constraintFact('check', {}) : '',
    tree.reference_definition ? reference(undefined, [name], tree.reference_definition) : '',
  ].filter(Boolean);
  const facts: ColumnFacts = {
    name,
    required: tree.nullable?.type === 'not null',
    filled: tree.default_val != null,
    computed: tree.generated != null,
    constraints: constraints.sort(),
  };
  return withPrimary([facts], constraints)[0]!;
}

/** An action of ALTER TABLE; nothing where these words have no place for it. */
function actionOf(tree: Tree, on: string): Facts | undefined {
  const what = `${tree.action ?? ''} ${tree.resource ?? ''}`.trim();
  const flags = tree.if_not_exists ? ['ifNotExists'] : [];
  switch (what) {
    case 'add column':
      return [{ kind: 'AddColumn', on, flags, columns: [columnOf(tree)] }];
    case 'drop column':
      return [{ kind: 'DropColumn', on, flags, names: [nameOf(tree.column)] }];
    case 'modify column':
      return modified(on, flags, tree);
    case 'change column': {
      const names = [nameOf(tree.old_column), nameOf(tree.column)];
      const definition = modified(on, flags, tree);
      return names[0] === names[1] ? definition : [{ kind: 'RenameColumn', on, flags, names }, ...definition];
    }
    case 'rename column':
      return [{ kind: 'RenameColumn', on, flags, names: [nameOf(tree.old_column), nameOf(tree.column)] }];
    case 'rename table':
      return [{ kind: 'RenameTable', on, flags, names: [(tree.table as string).toLowerCase()] }];
    case 'add index':
      return [{ kind: 'CreateIndex', on, flags, indexes: [indexOf(tree)] }];
    case 'drop index':
      return [{ kind: 'DropIndex', on, flags, names: [named(tree.index)] }];
    case 'add constraint':
      return [{ kind: 'AddConstraint', on, flags, constraints: [constraintOf(tree.create_definitions as Tree)] }];
    case 'drop key':
      if (tree.keyword === 'key') return [{ kind: 'DropIndex', on, flags, names: [tree.key!.toLowerCase()] }];
      return [
        { kind: 'DropConstraint', on, flags, names: [words[tree.keyword!.toLowerCase()]!, tree.key!.toLowerCase()] },
      ];
    case 'engine':
      return [{ kind: 'TableOption', on, flags }];
    default:
      return undefined;
  }
}

/** The definition anew; a key that is written in it comes to the table. */
function modified(on: string, flags: string[], tree: Tree): Facts {
  const { constraints, ...column } = columnOf(tree);
  return [
    { kind: 'ModifyColumn', on, flags, columns: [{ ...column, constraints: [] }] },
    ...constraints.map((each) => ({ kind: 'AddConstraint' as const, on, flags, constraints: [each] })),
  ];
}

function createOf(tree: Tree): Facts | undefined {
  const flags = tree.if_not_exists ? ['ifNotExists'] : [];
  switch (tree.keyword) {
    case 'index': {
      const { index, table } = tree;
      // The schema of the table stands at the index, in SQLite.
      const db = typeof index === 'object' ? (index?.schema ?? first(table).db) : first(table).db;
      const on = relation({ ...first(table), ...(db != null && { db }) });
      return [{ kind: 'CreateIndex', on, flags, indexes: [indexOf(tree)] }];
    }
    case 'table': {
      if (tree.like || tree.query_expr) return undefined;
      const parts = tree.create_definitions as Tree[];
      const of = (resource: string) => parts.filter((each) => each.resource === resource);
      const constraints = of('constraint').map(constraintOf);
      const columns = withPrimary(of('column').map(columnOf), constraints);
      if (tree.temporary) flags.push('temporary');
      const indexes = of('index').map(indexOf);
      return [{ kind: 'CreateTable', on: relation(first(tree.table)), flags, columns, constraints, indexes }];
    }
    default:
      return undefined;
  }
}

function factsOf(tree: Tree): Facts | undefined {
  switch (tree.type) {
    case 'create':
      return createOf(tree);
    case 'alter': {
      const actions = tree.expr!.map((each) => actionOf(each, relation(first(tree.table))));
      return actions.every((each) => each !== undefined) ? actions.flat() : undefined;
    }
    case 'drop': {
      const flags = tree.prefix ? ['ifExists'] : [];
      const names = [tree.name!].flat();
      if (tree.keyword === 'table') return names.map((each) => ({ kind: 'DropTable', on: relation(each), flags }));
      if (tree.keyword === 'view') return names.map((each) => ({ kind: 'DropView', on: relation(each), flags }));
      if (tree.keyword !== 'index') return undefined;
      return [{ kind: 'DropIndex', on: relation(first(tree.table)), flags, names: [nameOf(names[0])] }];
    }
    case 'update': {
      const where = isLimited(tree, tree.table as Tree[]);
      const names = tree.set!.map(({ column }) => column.toLowerCase());
      return [{ kind: 'Update', on: relation(first(tree.table)), flags: [], names, where }];
    }
    case 'delete': {
      const target = first(tree.table ?? tree.from!);
      const real = tree.from!.find((each) => (each as { as?: string }).as === target.table) ?? target;
      return [{ kind: 'Delete', on: relation(real), flags: [], where: isLimited(tree, tree.from!) }];
    }
    case 'insert':
    case 'replace':
      return [{ kind: 'Insert', on: relation(first(tree.table)), flags: [] }];
    default:
      return undefined;
  }
}

/** Whether rows are left out: by a condition, a number of rows, or a join that some do not meet. */
const isLimited = ({ where, limit }: Tree, tables: Tree[]): boolean =>
  where != null ||
  (limit?.value.length ?? 0) > 0 ||
  tables.some(({ join, on, using }) => join?.startsWith('INNER') === true && (on != null || using != null));

/** What node-sql-parser makes of a statement; nothing where it refuses it or these words have no place for it. */
export function theirs(sql: string, dialect: 'mysql' | 'sqlite'): Facts | undefined {
  let parsed: Tree | Tree[];
  try {
    parsed = parsers[dialect](sql);
  } catch {
    return undefined;
  }
  const trees = [parsed].flat();
  return trees.length === 1 ? factsOf(trees[0]!) : undefined;
}
