import type { Operation, QualifiedName } from '../../../ir/index.js';
import { readSchemaItem, noArgs } from '../models/table-args.js';
import type { Reading } from '../reading.js';
import { anchorAt, spanOf } from '../source.js';
import type { CallValue, Value } from '../values/value.js';
import { fact, isTrue, qualified } from './call.js';
import { tableCreated, tableFrom } from './tables.js';
import { keyword } from '../values/value.js';

type Maker = (of: Value, reading: Reading) => Operation[];

const named = (value: Value, func: string): QualifiedName | undefined =>
  value.kind === 'call' && value.func === `sqlalchemy.${func}` ? qualified(value.args[0], value) : undefined;

const one = (facts: { [key: string]: unknown } | undefined): Operation[] => (facts === undefined ? [] : [fact(facts)]);

const sequence =
  (kind: 'CreateSequence' | 'DropSequence'): Maker =>
  (value) => {
    const name = named(value, 'Sequence');
    return one(name && { kind, sequence: name });
  };

function createIndex(value: Value, reading: Reading): Operation[] {
  const table = indexTable(value);
  const out = noArgs();
  if (table === undefined || !readSchemaItem(value, out, reading)) return [];
  return out.indexes.flatMap((index) => one({ kind: 'CreateIndex', table, index }));
}

/** The table that an index is of, by the columns that it is made from. */
function indexTable(value: Value): QualifiedName | undefined {
  if (value.kind !== 'call' || value.func !== 'sqlalchemy.Index') return undefined;
  for (const { value: key } of value.args) {
    const table = key.kind === 'ref' ? tableFrom(key.of) : undefined;
    if (table !== undefined) return table;
  }
  return undefined;
}

/** What SQLAlchemy's objects do to the schema, by what is made or dropped. */
const makers: { [element: string]: { create: Maker; drop: Maker } } = {
  Sequence: { create: sequence('CreateSequence'), drop: sequence('DropSequence') },
  Table: {
    create: (value, reading) => {
      const table = tableFrom(value);
      return table && value.kind === 'call' ? tableCreated(value, table, 2, reading) : [];
    },
    drop: (value) => {
      const table = tableFrom(value);
      return one(table && { kind: 'DropTable', table });
    },
  },
  Index: {
    create: createIndex,
    drop: (value) => {
      const index = named(value, 'Index');
      const table = indexTable(value);
      return one(index && { kind: 'DropIndex', index, ...(table && { table }) });
    },
  },
};

/** `CreateTable(…)`, `DropSequence(…)` and their like, which `execute` takes in place of SQL; undefined for anything else. */
export function elementOperations(value: Value | undefined, reading: Reading): Operation[] | undefined {
  const match =
    value?.kind === 'call' ? /^sqlalchemy\.(Create|Drop)(Table|Index|Sequence|Schema)$/.exec(value.func) : null;
  if (match === null || value?.kind !== 'call') return undefined;
  const [, verb, element = ''] = match;
  const [first] = value.args;
  let made: Operation[] = [];
  if (element === 'Schema') {
    const schema = qualified(first, value)?.name;
    const cascade = verb === 'Drop' && isTrue(keyword(value, 'cascade')) && { cascade: true as const };
    made = one(schema && { kind: verb === 'Create' ? 'CreateSchema' : 'DropSchema', schema, ...cascade });
  } else if (first !== undefined) {
    made = makers[element]?.[verb === 'Create' ? 'create' : 'drop'](first.value, reading) ?? [];
  }
  return made.length === 0 ? undefined : finished(made, value, reading);
}

/** `table.create(bind)`, `sequence.drop(bind)`; undefined for any other call. */
export function objectOperations(call: CallValue, reading: Reading): Operation[] | undefined {
  const match = /^sqlalchemy\.(Table|Index|Sequence)\(\)\.(create|drop)$/.exec(call.func);
  if (match === null || call.of === undefined) return undefined;
  const made = makers[match[1] ?? '']?.[match[2] as 'create' | 'drop'](call.of, reading) ?? [];
  return made.length === 0 ? undefined : finished(made, call, reading);
}

function finished(operations: Operation[], call: CallValue, { source }: Reading): Operation[] {
  const given = (first: string, second: string) => isTrue(keyword(call, first) ?? keyword(call, second));
  const base = { span: spanOf(call.node), anchor: anchorAt(source, call.node) };
  return operations.map((operation) => ({
    ...base,
    ...operation,
    ...(given('if_exists', 'checkfirst') && /^Drop/.test(operation.kind) && { ifExists: true as const }),
    ...(given('if_not_exists', 'checkfirst') && /^Create/.test(operation.kind) && { ifNotExists: true as const }),
  }));
}
