import type { Migration, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { MadeHere } from './made-here.js';
import { folded } from './names.js';
import { operationsOf } from './operations.js';
import { schemaAfter, schemaAt, type Schema } from './replay.js';
import { columnKey, type ConstraintState } from './replay/state.js';
import {
  columnIn,
  made,
  named,
  namedIndex,
  nowhere,
  restoredColumn,
  restoredTable,
  stored,
  type Around,
} from './restored.js';
import { isCertain } from './tables.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

type Inverses = { [K in Operation['kind']]?: (operation: On<K>, around: Around) => Operation[] | undefined };

const nothing = (): Operation[] => [];

/** What takes each kind of operation back. Kinds that are not listed have no certain inverse. */
const inverses: Inverses = {
  Transaction: nothing,
  SetSetting: nothing,
  Lock: nothing,
  ValidateConstraint: nothing,
  Reindex: nothing,
  Vacuum: nothing,
  CreateTable: ({ table, ifNotExists }, { before }) =>
    ifNotExists && before.table(table) ? undefined : [{ ...made, kind: 'DropTable', table }],
  DropTable: restoredTable,
  RenameTable: ({ table, to }) => {
    const { schema } = table;
    if (to.schema) return undefined;
    return [
      {
        ...made,
        kind: 'RenameTable',
        table: { ...to, ...(schema && { schema }) },
        to: { name: table.name, span: nowhere },
      },
    ];
  },
  AddColumn: ({ table, column, ifNotExists }, { before }) =>
    ifNotExists && columnIn(before, table, column.name)
      ? undefined
      : [{ ...made, kind: 'DropColumn', table, column: column.name }],
  DropColumn: restoredColumn,
  RenameColumn: ({ table, column, to }) => [{ ...made, kind: 'RenameColumn', table, column: to, to: column }],
  AlterColumnType: ({ table, column, using }, { before, after }) => {
    const was = columnIn(before, table, column);
    const former = was?.type;
    const now = columnIn(after, table, column)?.type;
    // Between other types the way back needs an expression that nobody wrote.
    if (using !== undefined || former === undefined || now === undefined || family(former.name) !== family(now.name))
      return undefined;
    return family(former.name) === undefined
      ? undefined
      : [
          {
            ...made,
            kind: 'AlterColumnType',
            table,
            column,
            type: former,
            ...(was?.collation !== undefined && { collation: was.collation }),
          },
        ];
  },
  SetNotNull: ({ table, column }, { before }) =>
    columnIn(before, table, column)?.nullable === true ? [{ ...made, kind: 'DropNotNull', table, column }] : undefined,
  DropNotNull: ({ table, column }, { before }) =>
    columnIn(before, table, column)?.nullable === false ? [{ ...made, kind: 'SetNotNull', table, column }] : undefined,
  SetGenerated: formerGeneration,
  SetStorage: ({ table, column, storage }, { before }) => {
    const former = columnIn(before, table, column);
    if (former === undefined) return undefined;
    const was =
      storage === undefined
        ? { compression: former.compression ?? 'default' }
        : { storage: former.storage ?? 'default' };
    return [{ ...made, kind: 'SetStorage', table, column, ...was }];
  },
  SetDefault: formerDefault,
  DropDefault: formerDefault,
  AddConstraint: ({ table, constraint }, { after }) => {
    const state = after.table(table)?.constraints.find((each) => each.constraint === constraint);
    const name = constraint.name ?? (state?.name === undefined ? undefined : stored(state.name));
    // The index that became the constraint would go with it.
    if (name === undefined || ('usingIndex' in constraint && constraint.usingIndex)) return undefined;
    return [{ ...made, kind: 'DropConstraint', table, constraint: name, constraintKind: constraint.kind }];
  },
  DropConstraint: ({ table, constraint, cascade }, { before }) => {
    const state = constraint && constraintNamed(before, table, constraint);
    if (state === undefined || cascade) return undefined;
    return [{ ...made, kind: 'AddConstraint', table, constraint: named(state) }];
  },
  AlterConstraint: ({ table, constraint, deferrable, enforced }, { before }) => {
    const state = constraintNamed(before, table, constraint);
    if (state === undefined) return undefined;
    const { constraint: former } = state;
    return [
      {
        ...made,
        kind: 'AlterConstraint',
        table,
        constraint,
        ...(deferrable !== undefined && {
          deferrable: former.deferrable === true,
          initiallyDeferred: former.initiallyDeferred === true,
        }),
        ...(enforced !== undefined && { enforced: former.notEnforced !== true }),
      },
    ];
  },
  RenameConstraint: ({ table, constraint, to }) => [
    { ...made, kind: 'RenameConstraint', table, constraint: to, to: constraint },
  ],
  CreateIndex: ({ table, index, ifNotExists }, { before, after }) => {
    const state = after.table(table)?.indexes.find((each) => each.index === index);
    const name = index.name ?? (state?.name === undefined ? undefined : stored(state.name));
    if (name === undefined) return undefined;
    const dropped: QualifiedName = { name, span: nowhere, ...(table.schema && { schema: table.schema }) };
    if (ifNotExists && before.ownerOf(dropped)) return undefined;
    return [{ ...made, kind: 'DropIndex', index: dropped, table, ...(index.concurrently && { concurrently: true }) }];
  },
  DropIndex: ({ index, table, concurrently }, { before }) => {
    const owner = before.ownerOf(index) ?? (table && before.table(table));
    const state = owner?.indexes.find((each) => each.name === folded(index.name, before.dialect));
    if (owner === undefined || state === undefined || !isCertain(state, 'everything')) return undefined;
    const again = { ...namedIndex(state) };
    if (concurrently) again.concurrently = true;
    else delete again.concurrently;
    return [{ ...made, kind: 'CreateIndex', table: owner.name, index: again }];
  },
  RenameIndex: ({ index, to }) => {
    const { schema } = index;
    return [
      { ...made, kind: 'RenameIndex', index: { name: to, span: nowhere, ...(schema && { schema }) }, to: index.name },
    ];
  },
  CommentOn: (operation, { before }) => {
    const state = operation.table && before.table(operation.table);
    if (operation.object === 'other' || state === undefined || state.external) return undefined;
    const column = operation.column && state.columns.get(columnKey(operation.column.value));
    const comment = operation.column ? column?.column.comment : state.comment;
    return [{ ...operation, ...made, comment: comment ?? null }];
  },
  CreateEnumType: ({ type, ifNotExists }) =>
    ifNotExists ? undefined : [{ ...made, kind: 'DropType', type: type.name }],
  RenameType: ({ type, to }) => {
    const { schema } = type;
    return [
      { ...made, kind: 'RenameType', type: { name: to, span: nowhere, ...(schema && { schema }) }, to: type.name },
    ];
  },
  CreateSequence: ({ sequence }) => [{ ...made, kind: 'DropSequence', sequence }],
  CreateSchema: ({ schema, ifNotExists }) => (ifNotExists ? undefined : [{ ...made, kind: 'DropSchema', schema }]),
};

/**
 * What takes a migration back, in the order in which it runs. What happens to a table or a column that the migration
 * itself makes is gone with it.
 * @returns nothing where a step has no certain inverse: it changes rows, stands under a condition, was not read as a
 *   whole, or drops what is not known in full
 */
export function inverseOperations(project: Project, migration: Migration): Operation[] | undefined {
  const after = schemaAfter(project, migration);
  if (after === undefined || migration.up.steps.some((step) => 'statement' in step && isUnread(step.statement)))
    return undefined;
  const own = new MadeHere(after);
  const groups: Operation[][] = [];
  for (const { operation, guard, inRoutine } of operationsOf(migration, 'up')) {
    if (inRoutine) continue;
    if (own.holds(operation)) continue;
    const before = schemaAt(project, operation);
    if (guard || before === undefined || before.doubt !== undefined || isComputed(operation)) return undefined;
    own.note(operation);
    const inverse = inverses[operation.kind] as
      ((operation: Operation, around: Around) => Operation[] | undefined) | undefined;
    const group = inverse?.(operation, { before, after });
    if (group === undefined) return undefined;
    groups.push(group);
  }
  const all = groups.reverse().flat();
  return all.length > 0 ? all : undefined;
}

const isUnread = ({
  operations,
  partial,
  holes,
}: {
  operations: unknown[];
  partial: boolean;
  holes: unknown[];
}): boolean => operations.length === 0 || partial || holes.length > 0;

/** Whether a part of the operation is a name made at run time. */
const isComputed = (operation: Operation): boolean => JSON.stringify(operation).includes('"unknown":true');

const families = [
  /^(?:smallint|integer|int|bigint|tinyint|numeric|decimal|real|double precision|float)\b/,
  /^(?:text|varchar|char|character varying|citext)\b/,
  /^(?:timestamp|timestamptz|date)\b/,
];

/** Types between which PostgreSQL converts by itself. */
const family = (type: string): RegExp | undefined =>
  type.endsWith(']') ? undefined : families.find((each) => each.test(type));

/** A constraint as a schema has it; nothing where not all of it is certain. */
function constraintNamed(schema: Schema, table: QualifiedName, name: Name): ConstraintState | undefined {
  const wanted = folded(name, schema.dialect);
  const state = schema.table(table)?.constraints.find((each) => each.name === wanted);
  return state && isCertain(state, 'everything') ? state : undefined;
}

function formerGeneration(
  { table, column, expression, dropped }: On<'SetGenerated'>,
  { before }: Around,
): Operation[] | undefined {
  const former = columnIn(before, table, column);
  if (former === undefined) return undefined;
  const common = { ...made, kind: 'SetGenerated', table, column } as const;
  if (expression !== undefined)
    return former.expression === undefined ? undefined : [{ ...common, expression: former.expression }];
  // What was an expression can't be made one again.
  if (dropped) return former.identity && [{ ...common, identity: former.identity }];
  if (former.generated !== undefined) return undefined;
  const gone: Operation[] = [{ ...common, identity: { always: false }, dropped: true }];
  return former.nullable === true ? [...gone, { ...made, kind: 'DropNotNull', table, column }] : gone;
}

function formerDefault(
  { table, column }: On<'SetDefault' | 'DropDefault'>,
  { before }: Around,
): Operation[] | undefined {
  const former = columnIn(before, table, column);
  if (former === undefined || former.generated !== undefined) return undefined;
  if (former.default?.by !== 'server') return [{ ...made, kind: 'DropDefault', table, column }];
  return [{ ...made, kind: 'SetDefault', table, column, default: former.default }];
}
