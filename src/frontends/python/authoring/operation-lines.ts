import type { Column, Dialect, Operation, QualifiedName } from '../../../ir/index.js';
import { statementText } from '../../sql/rendering.js';
import { literal, type Manner } from './edits.js';
import { typeCall } from './type-calls.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** How calls of `alembic.op` are written in a file. */
interface Writer {
  text(value: string): string;
  dialect: Dialect;
  /** Whether the file calls SQLAlchemy `sa`. */
  hasSa: boolean;
}

type Calls = { [K in Operation['kind']]?: (operation: On<K>, writer: Writer) => string | undefined };

function columnCall(column: Column, writer: Writer): string | undefined {
  const { name, type, nullable, default: initial, generated, collation, storage, compression } = column;
  const written = typeCall(type.name);
  if (!writer.hasSa || !written || nullable === 'unknown' || generated !== undefined) return undefined;
  if (initial?.by === 'server' || collation !== undefined || storage !== undefined || compression !== undefined)
    return undefined;
  const required = nullable ? '' : ', nullable=False';
  return `sa.Column(${writer.text(name.value)}, sa.${written}${required})`;
}

/** `, schema="s"` where the table has one. */
const inSchema = ({ schema }: QualifiedName, { text }: Writer): string =>
  schema ? `, schema=${text(schema.value)}` : '';

const nullability =
  (nullable: 'True' | 'False') =>
  ({ table, column }: On<'SetNotNull' | 'DropNotNull'>, writer: Writer): string | undefined => {
    // MySQL wants the whole definition again.
    if (writer.dialect !== 'postgresql') return undefined;
    const { text } = writer;
    return `op.alter_column(${text(table.name.value)}, ${text(column.value)}, nullable=${nullable}${inSchema(table, writer)})`;
  };

const constraintTypes: { readonly [kind: string]: string | undefined } = {
  foreign: 'foreignkey',
  unique: 'unique',
  check: 'check',
  primary: 'primary',
};

/** The operations that `op` has a call for; others are sent as SQL. */
const calls: Calls = {
  DropTable: ({ table }, writer) => `op.drop_table(${writer.text(table.name.value)}${inSchema(table, writer)})`,
  RenameTable: ({ table, to }, writer) =>
    `op.rename_table(${writer.text(table.name.value)}, ${writer.text(to.name.value)}${inSchema(table, writer)})`,
  AddColumn: ({ table, column }, writer) => {
    const call = columnCall(column, writer);
    return call && `op.add_column(${writer.text(table.name.value)}, ${call}${inSchema(table, writer)})`;
  },
  DropColumn: ({ table, column }, writer) =>
    `op.drop_column(${writer.text(table.name.value)}, ${writer.text(column.value)}${inSchema(table, writer)})`,
  RenameColumn: ({ table, column, to }, writer) =>
    writer.dialect === 'postgresql'
      ? `op.alter_column(${writer.text(table.name.value)}, ${writer.text(column.value)}, new_column_name=${writer.text(to.value)}${inSchema(table, writer)})`
      : undefined,
  SetNotNull: nullability('False'),
  DropNotNull: nullability('True'),
  DropIndex: ({ index, table, concurrently, ifExists }, writer) => {
    if (table === undefined) return undefined;
    const flags = `${ifExists ? ', if_exists=True' : ''}${concurrently ? ', postgresql_concurrently=True' : ''}`;
    return `op.drop_index(${writer.text(index.name.value)}, table_name=${writer.text(table.name.value)}${inSchema(table, writer)}${flags})`;
  },
  DropConstraint: ({ table, constraint, constraintKind }, writer) => {
    const type = constraintKind && constraintTypes[constraintKind];
    if (constraint === undefined || type === undefined || writer.dialect === 'sqlite') return undefined;
    const { text } = writer;
    return `op.drop_constraint(${text(constraint.value)}, ${text(table.name.value)}, type_=${text(type)}${inSchema(table, writer)})`;
  },
};

/** One operation as lines of a revision; nothing where neither a call nor SQL can say it with certainty. */
function linesOf(operation: Operation, writer: Writer, unit: string, isOutside: boolean): string[] | undefined {
  const write = calls[operation.kind] as ((operation: Operation, writer: Writer) => string | undefined) | undefined;
  let line = write?.(operation, writer);
  if (line === undefined) {
    const statement = statementText(operation, writer.dialect);
    line = statement && `op.execute(${writer.text(statement.replace(/(?<!:):(?=[A-Za-z_])/g, '\\:'))})`;
  }
  if (line === undefined) return undefined;
  const concurrent =
    (operation.kind === 'DropIndex' && operation.concurrently) ||
    (operation.kind === 'CreateIndex' && operation.index.concurrently);
  return concurrent && !isOutside ? ['with op.get_context().autocommit_block():', unit + line] : [line];
}

/**
 * Operations as lines of a revision, each by a call of `op`; nothing where the file imports none, or one can't be written.
 * @param isOutside whether they come to stand outside of the revision's transaction, so that none needs a block of its own
 */
export function operationLines(
  operations: readonly Operation[],
  source: string,
  dialect: Dialect,
  manner: Manner,
  isOutside = false,
): string[] | undefined {
  if (!/^from alembic import [^#\n]*\bop\b/m.test(source)) return undefined;
  const unit = unitOf(source);
  const writer: Writer = {
    text: (value) => literal(value, manner),
    dialect,
    hasSa: /^import sqlalchemy as sa\b/m.test(source),
  };
  const lines: string[] = [];
  for (const operation of operations) {
    const own = linesOf(operation, writer, unit, isOutside);
    if (own === undefined) return undefined;
    lines.push(...own);
  }
  return lines;
}

/** What a block of the file is indented by. */
export const unitOf = (source: string): string => (/^\t/m.test(source) ? '\t' : '    ');
