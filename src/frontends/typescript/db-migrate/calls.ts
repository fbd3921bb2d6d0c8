import type { Constraint, Operation, Span, Table } from '../../../ir/index.js';
import { property, scalarOf, textsOf, textOf, type Value } from '../values/values.js';
import {
  columnOf,
  columnType,
  defaultOf,
  foreignKey,
  foreignKeyOf,
  isSet,
  nameOf,
  tableOf,
  type Surroundings,
} from './columns.js';

/** A call of the driver that a migration is given; callbacks are no arguments here. */
interface Call {
  args: Value[];
  span: Span;
  around: Surroundings;
}

type Reader = (call: Call) => Operation[];

const api = ({ span }: Call): { span: Span; provenance: 'api' } => ({ span, provenance: 'api' });

const createTable: Reader = (call) => {
  const {
    args: [first, second],
    span,
    around,
  } = call;
  const whole = property(second, 'columns');
  const columns = whole ?? second;
  const ifNotExists = whole !== undefined && isSet(second!, 'ifNotExists') && { ifNotExists: true as const };
  const entries = columns?.kind === 'object' ? columns.entries : [];
  const keys = entries.filter(({ value }) => isSet(value, 'primaryKey'));
  const name = tableOf(first, span);
  const definition: Table = {
    name,
    declaredBy: 'db-migrate',
    role: 'table',
    columns: entries.map(({ key, value, span: at }) =>
      columnOf(
        { value: key, quoted: true, span: { start: at.start, end: at.start + key.length } },
        value,
        keys.length === 1,
        around,
      ),
    ),
    constraints: [],
    indexes: [],
    relationships: [],
    ...ifNotExists,
    span,
    uncertain:
      columns?.kind === 'object' && columns.complete
        ? []
        : [{ about: 'everything', reason: 'the columns are computed' }],
  };
  const several = definition.columns.filter((_, index) => keys.includes(entries[index]!));
  if (several.length > 1) {
    definition.constraints.push({
      kind: 'primary',
      columns: several.map(({ name: column }) => column),
      span,
      uncertain: [],
    });
    for (const column of several) column.nullable = false;
  }
  // Foreign keys follow in statements of their own, the last one first.
  const later = entries
    .flatMap(({ value }, index) => foreignKeyOf(definition.columns[index]!.name, value) ?? [])
    .reverse();
  return [
    { kind: 'CreateTable', table: name, definition, ...ifNotExists, ...api(call) },
    ...later.map((constraint): Operation => ({ kind: 'AddConstraint', table: name, constraint, ...api(call) })),
  ];
};

const addColumn: Reader = (call) => {
  const {
    args: [first, second, spec],
    span,
    around,
  } = call;
  const table = tableOf(first, span);
  const given = spec ?? { kind: 'unknown' as const, why: 'no column is given', span };
  const column = columnOf(nameOf(second, span), given, false, around);
  const key = foreignKeyOf(column.name, given);
  return [
    { kind: 'AddColumn', table, column, ...api(call) },
    ...(key ? [{ kind: 'AddConstraint', table, constraint: key, ...api(call) } as const] : []),
  ];
};

/** PostgreSQL: NOT NULL, the unique constraint, the default and the type, each anew. Others restate the column. */
const changeColumn: Reader = (call) => {
  const {
    args: [first, second, spec],
    span,
    around,
  } = call;
  const table = tableOf(first, span);
  const column = nameOf(second, span);
  if (spec?.kind !== 'object')
    return [{ kind: 'Opaque', reason: 'the new column is computed', touches: [table], span, provenance: 'opaque' }];
  const on = { table, column, ...api(call) };
  if (around.dialect !== 'postgresql')
    return [{ kind: 'ModifyColumn', ...on, definition: columnOf(column, spec, false, around) }];
  const operations: Operation[] = [
    { kind: scalarOf(property(spec, 'notNull')) === true ? 'SetNotNull' : 'DropNotNull', ...on },
  ];
  const unique = scalarOf(property(spec, 'unique'));
  const name = { value: `${table.name.value}_${column.value}_key`, quoted: true, span, generated: true as const };
  if (unique === true)
    operations.push({
      kind: 'AddConstraint',
      table,
      constraint: { kind: 'unique', name, columns: [column], span, uncertain: [] },
      ...api(call),
    });
  else if (unique === false)
    operations.push({ kind: 'DropConstraint', table, constraint: name, constraintKind: 'unique', ...api(call) });
  const fallback = defaultOf(property(spec, 'defaultValue'), around.dialect, []);
  operations.push(fallback ? { kind: 'SetDefault', ...on, default: fallback } : { kind: 'DropDefault', ...on });
  if (property(spec, 'type')) operations.push({ kind: 'AlterColumnType', ...on, type: columnType(spec, around) });
  return operations;
};

const addIndex: Reader = (call) => {
  const [first, second, third, unique] = call.args;
  const name = nameOf(second, call.span);
  const columns =
    third?.kind === 'array' ? textsOf(third) : third && textOf(third) !== undefined ? [textOf(third)!] : undefined;
  return [
    {
      kind: 'CreateIndex',
      table: tableOf(first, call.span),
      index: {
        ...(!name.unknown && { name }),
        keys: (columns ?? []).map((column) => ({ column, quoted: true })),
        unique: scalarOf(unique) === true,
        include: [],
        span: call.span,
        uncertain: columns ? [] : [{ about: 'everything', reason: 'the columns are computed' }],
      },
      ...api(call),
    },
  ];
};

const dropConstraint =
  (constraintKind: Constraint['kind']): Reader =>
  (call) => {
    const constraint = nameOf(call.args[1], call.span);
    return [
      {
        kind: 'DropConstraint',
        table: tableOf(call.args[0], call.span),
        ...(!constraint.unknown && { constraint }),
        constraintKind,
        ...api(call),
      },
    ];
  };

const onRows =
  (kind: 'Insert' | 'Truncate'): Reader =>
  (call) => [{ kind, table: tableOf(call.args[0], call.span), ...api(call) }];

const readers: { readonly [method: string]: Reader } = {
  createTable,
  addColumn,
  changeColumn,
  addIndex,
  dropTable: (call) => [
    {
      kind: 'DropTable',
      table: tableOf(call.args[0], call.span),
      ...(call.args[1] && isSet(call.args[1], 'ifExists') && { ifExists: true as const }),
      ...api(call),
    },
  ],
  renameTable: (call) => [
    {
      kind: 'RenameTable',
      table: tableOf(call.args[0], call.span),
      to: tableOf(call.args[1], call.span),
      ...api(call),
    },
  ],
  removeColumn: (call) => [
    {
      kind: 'DropColumn',
      table: tableOf(call.args[0], call.span),
      column: nameOf(call.args[1], call.span),
      ...api(call),
    },
  ],
  renameColumn: (call) => [
    {
      kind: 'RenameColumn',
      table: tableOf(call.args[0], call.span),
      column: nameOf(call.args[1], call.span),
      to: nameOf(call.args[2], call.span),
      ...api(call),
    },
  ],
  removeIndex: (call) => {
    const [first, second] = call.args;
    const name = nameOf(second ?? first, call.span);
    return [
      {
        kind: 'DropIndex',
        index: { name, span: name.span },
        ...(second && { table: tableOf(first, call.span) }),
        ...api(call),
      },
    ];
  },
  addForeignKey: (call) => {
    const [first, target, name, mapping, rules] = call.args;
    const constraint = foreignKey({ name: nameOf(name, call.span), table: target, mapping, rules, span: call.span });
    return [{ kind: 'AddConstraint', table: tableOf(first, call.span), constraint, ...api(call) }];
  },
  removeForeignKey: dropConstraint('foreign'),
  insert: onRows('Insert'),
  truncate: onRows('Truncate'),
  createDatabase: () => [],
  dropDatabase: (call) => [{ kind: 'DropDatabase', database: nameOf(call.args[0], call.span), ...api(call) }],
};

/** The operations of a driver's method; nothing for one that is not known. */
export function driverOperations(method: string, call: Call): Operation[] | undefined {
  return Object.hasOwn(readers, method) ? readers[method]!(call) : undefined;
}
