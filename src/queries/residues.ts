import type { Migration, Operation, Project, QualifiedName } from '../ir/index.js';
import { objectKey, spoken } from './names.js';
import { operationsOf } from './operations.js';
import { schemaAfterDowngrade, schemaAt, schemaBefore, type Origin, type Schema, type TableState } from './replay.js';
import { columnKey, type ConstraintState, type IndexState } from './replay/state.js';
import { isCertain } from './tables.js';

/** A difference between the schema that a migration finds and the one that its way back leaves behind. */
export interface Residue {
  /** `left`: made on the way up and still there. `missing`: gone on the way up and not back. `changed`: not what it was. */
  kind: 'left' | 'missing' | 'changed';
  object: 'table' | 'column' | 'index' | 'constraint' | 'enum type';
  /** What it is, in words: "index ix_users_email". */
  words: string;
  /** Of an index or constraint. */
  name?: string;
  /** What made it, or the state that was lost. */
  origin: Origin;
}

/** What the way back of a migration leaves otherwise than it was before, as far as both are certain. */
export function residuesOf(project: Project, migration: Migration): Residue[] {
  const before = schemaBefore(project, migration);
  const end = schemaAfterDowngrade(project, migration);
  if (before === undefined || end === undefined || before.doubt !== undefined || end.doubt !== undefined) return [];
  const { tables, types, guessed } = touchedBy(project, migration, before);
  const residues: Residue[] = [];
  for (const key of types) residues.push(...typeResidues(before, end, key, migration));
  for (const key of tables) residues.push(...tableResidues(before.tableByKey(key), end.tableByKey(key), migration));
  return residues.filter(({ name }) => name === undefined || !guessed.has(name));
}

interface Touched {
  /** Keys of the tables and types that a migration or its way back names. */
  tables: Set<string>;
  types: Set<string>;
  /** Names of indexes that nobody wrote: a naming convention may give others, and one of them may be another index's. */
  guessed: Set<string>;
}

function touchedBy(project: Project, migration: Migration, schema: Schema): Touched {
  const tables = new Set<string>();
  const types = new Set<string>();
  const guessed = new Set<string>();
  const { dialect } = schema;
  const table = (name: QualifiedName) => tables.add(objectKey(name, dialect));
  for (const section of ['up', 'down'] as const) {
    for (const { operation } of operationsOf(migration, section)) {
      if ('table' in operation && operation.table) table(operation.table);
      if (operation.kind === 'RenameTable') table(renamed(operation));
      if (operation.kind === 'DropIndex') {
        const owner = schemaAt(project, operation)?.ownerOf(operation.index);
        if (owner) tables.add(owner.key);
      }
      if (operation.kind === 'CreateIndex' && operation.index.name?.generated) guessed.add(operation.index.name.value);
      if (operation.kind === 'CreateEnumType') types.add(objectKey(operation.type.name, dialect));
      if (operation.kind === 'DropType') types.add(objectKey(operation.type, dialect));
    }
  }
  return { tables, types, guessed };
}

const renamed = ({ table, to }: Extract<Operation, { kind: 'RenameTable' }>): QualifiedName =>
  to.schema || !table.schema ? to : { ...to, schema: table.schema };

function* typeResidues(before: Schema, end: Schema, key: string, migration: Migration): Generator<Residue> {
  const was = before.typeByKey(key);
  const is = end.typeByKey(key);
  const state = is ?? was;
  if (state === undefined || (was && is) || !isCertain(state, 'everything')) return;
  const words = `enum type ${spoken(state.name)}`;
  if (was) yield { kind: 'missing', object: 'enum type', words, origin: was.origin };
  else if (is && isOwn(is.origin, migration)) yield { kind: 'left', object: 'enum type', words, origin: is.origin };
}

/** Whether the way up of the migration made something. */
const isOwn = ({ migration, down }: Origin, wanted: Migration): boolean => migration === wanted && down !== true;

function* tableResidues(
  was: TableState | undefined,
  is: TableState | undefined,
  migration: Migration,
): Generator<Residue> {
  if ([was, is].some((state) => state && (!isCertain(state, 'everything') || state.temporary))) return;
  if (was === undefined && is && !is.external) {
    const words = `table ${spoken(is.name)}`;
    if (isOwn(is.origin, migration)) yield { kind: 'left', object: 'table', words, origin: is.origin };
    return;
  }
  if (is === undefined) {
    if (was && !was.external)
      yield { kind: 'missing', object: 'table', words: `table ${spoken(was.name)}`, origin: was.origin };
    return;
  }
  yield* columnResidues(was, is, migration);
  // What a table of another place had before is not known.
  yield* partResidues('index', indexesIn(was), indexesIn(is), is, migration);
  yield* partResidues('constraint', constraintsIn(was), constraintsIn(is), is, migration);
}

function* columnResidues(was: TableState | undefined, is: TableState, migration: Migration): Generator<Residue> {
  const table = spoken(is.name);
  for (const [key, { origin, column, uncertain }] of is.columns) {
    if (was?.columns.has(key) || uncertain.length > 0 || !isOwn(origin, migration)) continue;
    yield { kind: 'left', object: 'column', words: `column ${table}.${column.name.value}`, origin };
  }
  for (const [key, former] of was?.columns ?? []) {
    const now = is.columns.get(key);
    const words = `column ${table}.${former.column.name.value}`;
    if (former.uncertain.length > 0 || (now && now.uncertain.length > 0)) continue;
    if (now === undefined) yield { kind: 'missing', object: 'column', words, origin: former.origin };
    else if (now.column !== former.column) {
      // Rows that are there have no value for a column that comes back: it may take NULL then, or have a default.
      const isBack = now.origin.down === true && is.origin.down !== true;
      const differences = differencesOf(former.column, now.column, isBack);
      if (differences.length > 0)
        yield {
          kind: 'changed',
          object: 'column',
          words: `${differences.join(' and ')} of ${words}`,
          origin: former.origin,
        };
    }
  }
}

type Column = TableState['columns'] extends Iterable<readonly [string, { column: infer C }]> ? C : never;

function differencesOf(was: Column, is: Column, isBack: boolean): string[] {
  const isKnown = was.type.name !== 'unknown' && is.type.name !== 'unknown';
  const isNullKnown = was.nullable !== 'unknown' && is.nullable !== 'unknown';
  const [had, has] = [was, is].map((each) => each.default?.by === 'server');
  return [
    ...(isKnown && was.type.name !== is.type.name ? ['the type'] : []),
    ...(isNullKnown && was.nullable !== is.nullable && !(isBack && is.nullable) ? ['the nullability'] : []),
    ...(had !== has && was.generated === is.generated && !(isBack && has) ? ['the default'] : []),
  ];
}

/** An index or constraint under its name. */
interface NamedPart {
  name: string;
  /** What it is on: two of the same shape are one under two names. */
  shape: string;
  origin: Origin;
  certain: boolean;
}

const indexesIn = (table: TableState | undefined): NamedPart[] =>
  (table?.indexes ?? []).flatMap((each: IndexState) =>
    each.implied || each.name === undefined
      ? []
      : [
          {
            name: each.name,
            shape: JSON.stringify([
              each.index.unique,
              each.index.keys.map(({ column, expression }) => column ?? expression),
            ]),
            origin: each.origin,
            certain: isCertain(each, 'everything'),
          },
        ],
  );

const constraintsIn = (table: TableState | undefined): NamedPart[] =>
  (table?.constraints ?? []).flatMap((each: ConstraintState) =>
    each.name === undefined
      ? []
      : [
          {
            name: each.name,
            shape: `${each.constraint.kind} ${
              'columns' in each.constraint
                ? each.constraint.columns.map(({ value }) => columnKey(value)).join()
                : each.constraint.expression
            }`,
            origin: each.origin,
            certain: isCertain(each, 'everything'),
          },
        ],
  );

/** What comes back under another name counts as back, and what is left under another name as what was there. */
function* partResidues(
  object: 'index' | 'constraint',
  was: readonly NamedPart[],
  is: readonly NamedPart[],
  table: TableState,
  migration: Migration,
): Generator<Residue> {
  const has = (parts: readonly NamedPart[], { name, shape }: NamedPart) =>
    parts.some((each) => each.name === name || each.shape === shape);
  const words = ({ name }: NamedPart) =>
    `${object} ${name}${object === 'constraint' ? ` of ${spoken(table.name)}` : ''}`;
  for (const part of is)
    if (part.certain && isOwn(part.origin, migration) && !has(was, part))
      yield { kind: 'left', object, words: words(part), name: part.name, origin: part.origin };
  for (const part of was)
    if (part.certain && !has(is, part))
      yield { kind: 'missing', object, words: words(part), name: part.name, origin: part.origin };
}

/** Whether an operation of the inverse takes care of what is left, missing or changed. */
export function takesBack(operation: Operation, { object, words, kind }: Residue): boolean {
  const named = (...parts: (string | undefined)[]) => words === parts.join('');
  switch (operation.kind) {
    case 'DropTable':
    case 'CreateTable':
      return named('table ', spoken(operation.table));
    case 'DropColumn':
      return named('column ', spoken(operation.table), '.', operation.column.value);
    case 'AddColumn':
      return named('column ', spoken(operation.table), '.', operation.column.name.value);
    case 'DropIndex':
      return named('index ', operation.index.name.value);
    case 'CreateIndex':
      return named('index ', operation.index.name?.value);
    case 'DropConstraint':
      return named('constraint ', operation.constraint?.value, ' of ', spoken(operation.table));
    case 'AddConstraint':
      return named('constraint ', operation.constraint.name?.value, ' of ', spoken(operation.table));
    case 'DropType':
      return named('enum type ', spoken(operation.type));
    case 'AlterColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
      return (
        kind === 'changed' &&
        object === 'column' &&
        words.endsWith(` of column ${spoken(operation.table)}.${operation.column.value}`)
      );
    default:
      return false;
  }
}
