import type { Column, Name, Operation, QualifiedName, Span } from '../ir/index.js';
import { indexesHolding, type Schema, type TableState } from './replay.js';
import { mentions } from './replay/default-names.js';
import { columnKey, type ConstraintState, type IndexState } from './replay/state.js';
import { isCertain } from './tables.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** The schema around one operation of a migration. */
export interface Around {
  /** What the operation finds. */
  before: Schema;
  /** What the migration leaves behind. */
  after: Schema;
}

export const nowhere: Span = { start: 0, end: 0 };

/** Where a new operation comes from. */
export const made = { span: nowhere, provenance: 'api' } as const;

/** A name as the catalogue holds it. */
export const stored = (value: string): Name => ({ value, quoted: value !== value.toLowerCase(), span: nowhere });

/** A column as a schema has it; nothing where not all of it is certain. */
export function columnIn(schema: Schema, table: QualifiedName, column: Name): Column | undefined {
  const state = schema.table(table);
  const found = state?.columns.get(columnKey(column.value));
  return state && found && isCertain(state, 'everything') && found.uncertain.length === 0 ? found.column : undefined;
}

/** A constraint under the name that it has in the catalogue. */
export const named = ({ constraint, name }: ConstraintState): ConstraintState['constraint'] =>
  constraint.name || name === undefined ? constraint : { ...constraint, name: stored(name) };

/** An index under the name that it has in the catalogue. */
export const namedIndex = ({ index, name }: IndexState): IndexState['index'] =>
  index.name || name === undefined ? index : { ...index, name: stored(name) };

/** A column as the database keeps it: its keys and indexes stand on the table. */
const bare = (column: Column): Column => ({ ...column, constraints: [], indexes: [] });

/** What brings a dropped column back. */
export function restoredColumn(
  { table, column: name, cascade }: On<'DropColumn'>,
  { before }: Around,
): Operation[] | undefined {
  const column = columnIn(before, table, name);
  const state = before.table(table);
  if (column === undefined || state === undefined || cascade) return undefined;
  // What went with the column would have to come back with it.
  if (indexesHolding(before, table, name.value).length > 0 || state.constraints.some((each) => names(each, name)))
    return undefined;
  const { comment } = column;
  return [
    { ...made, kind: 'AddColumn', table, column: bare(column) },
    ...(comment
      ? [{ ...made, kind: 'CommentOn' as const, object: 'column' as const, table, column: column.name, comment }]
      : []),
  ];
}

function names({ constraint }: ConstraintState, column: Name): boolean {
  if ('expression' in constraint) return mentions(constraint.expression, column.value);
  return constraint.columns.some(({ value }) => columnKey(value) === columnKey(column.value));
}

/** What brings a dropped table back, with its keys, indexes and comments. */
export function restoredTable({ table, cascade }: On<'DropTable'>, { before }: Around): Operation[] | undefined {
  const state = before.table(table);
  if (state?.definition === undefined || state.external || cascade || !isWhole(state)) return undefined;
  const columns = [...state.columns.values()].map(({ column }) => bare(column));
  const definition = {
    ...state.definition,
    name: state.name,
    columns,
    constraints: state.constraints.map(named),
    indexes: [],
  };
  const comments: Operation[] = columns.flatMap(({ name, comment }) =>
    comment ? [{ ...made, kind: 'CommentOn', object: 'column', table, column: name, comment }] : [],
  );
  if (state.comment) comments.unshift({ ...made, kind: 'CommentOn', object: 'table', table, comment: state.comment });
  const indexes = state.indexes
    .filter((each) => !each.implied)
    .map((each): Operation => {
      const index = { ...namedIndex(each) };
      // A table that has just been made has no writers to spare.
      delete index.concurrently;
      return { ...made, kind: 'CreateIndex', table, index };
    });
  return [{ ...made, kind: 'CreateTable', table, definition }, ...indexes, ...comments];
}

/** Whether everything about a table is known, and nothing stands beside its columns, keys and indexes. */
const isWhole = ({
  uncertain,
  partitioned,
  partitionOf,
  temporary,
  columns,
  constraints,
  indexes,
}: TableState): boolean =>
  !partitioned &&
  !temporary &&
  partitionOf === undefined &&
  [{ uncertain }, ...columns.values(), ...constraints, ...indexes].every((part) => part.uncertain.length === 0);
