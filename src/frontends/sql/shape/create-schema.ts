import type { Constraint, Name, Operation, QualifiedName } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { base, ifNotExists, type Shape, type Surroundings } from './shape.js';

/** CREATE SCHEMA s CREATE TABLE …: what it holds is made in that schema. */
export function readCreateSchema(cursor: Cursor, shape: Shape, surroundings: Surroundings): void {
  const flags = ifNotExists(cursor);
  const byOwner = cursor.take('AUTHORIZATION');
  const name = cursor.name();
  if (!byOwner && cursor.take('AUTHORIZATION')) cursor.name();
  if (name === undefined) return;
  shape.operations.push({
    kind: 'CreateSchema',
    ...base(cursor.span(0, cursor.length)),
    ...flags,
    schema: name,
  });
  cursor.until('CREATE', 'GRANT');
  const made: Operation[] = [];
  while (!cursor.done) {
    const from = cursor.at++;
    cursor.until('CREATE', 'GRANT');
    const { operations, partial } = surroundings.read(cursor, from, cursor.at, { surroundings });
    for (const each of operations) made.push(each);
    if (partial) shape.partial = true;
  }
  const tables = new Set(made.flatMap((each) => (each.kind === 'CreateTable' ? folded(each.table) : [])));
  for (const each of made.map((operation) => placed(operation, name, tables))) shape.operations.push(each);
}

/** The name without its schema; nothing where it has one. */
const folded = ({ schema, name }: QualifiedName): string[] =>
  schema ? [] : [name.quoted ? name.value : name.value.toLowerCase()];

/** An operation of CREATE SCHEMA, in that schema. Other tables than its own are looked for elsewhere too. */
function placed(operation: Operation, schema: Name, tables: ReadonlySet<string>): Operation {
  const own = (table: QualifiedName): QualifiedName =>
    folded(table).some((each) => tables.has(each)) ? { ...table, schema } : table;
  const ownTarget = (each: Constraint): Constraint =>
    each.kind === 'foreign' && each.target ? { ...each, target: own(each.target) } : each;
  switch (operation.kind) {
    case 'CreateTable': {
      const { definition } = operation;
      const columns = definition.columns.map((column) => ({
        ...column,
        constraints: column.constraints.map(ownTarget),
      }));
      const constraints = definition.constraints.map(ownTarget);
      const table = own(operation.table);
      return { ...operation, table, definition: { ...definition, name: table, constraints, columns } };
    }
    case 'CreateIndex':
    case 'CreateTrigger':
      return { ...operation, table: own(operation.table) };
    case 'CreateView':
      return { ...operation, view: operation.view.schema ? operation.view : { ...operation.view, schema } };
    case 'CreateSequence':
      return {
        ...operation,
        sequence: operation.sequence.schema ? operation.sequence : { ...operation.sequence, schema },
      };
    default:
      return operation;
  }
}
