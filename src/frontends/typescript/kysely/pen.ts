import type { Dialect, Migration, Name, Operation, QualifiedName, TextEdit } from '../../../ir/index.js';
import { statementsText } from '../../sql/authoring-downgrade.js';

/**
 * Writes `down` behind `up`, or fills an empty one: calls of the schema builder, and SQL where the builder has no call.
 * @returns nothing where `up` is no exported function, or SQL is needed and `sql` is not imported
 */
export function kyselyDowngrade(
  text: string,
  { anchor, down, span }: Migration,
  operations: readonly Operation[],
  dialect: Dialect,
): TextEdit[] | undefined {
  const { upStart, upEnd, upBody, dbStart, dbEnd, downBody, downEnd, downDbStart, downDbEnd } = anchor?.points ?? {};
  const isMissing = down.state === 'missing';
  const [nameStart, nameEnd] = isMissing ? [dbStart, dbEnd] : [downDbStart, downDbEnd];
  if (nameStart === undefined || nameEnd === undefined) return undefined;
  const db = text.slice(nameStart, nameEnd);
  const lines: string[] = [];
  for (const operation of operations) {
    const line = call(operation, db, dialect) ?? raw(operation, db, text, dialect);
    if (line === undefined) return undefined;
    lines.push(`await ${line}.execute(${line.startsWith('sql') ? db : ''})`);
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)\S/.exec(text.slice(upBody ?? 0))?.[1] ?? '  ';
  const end = /;[ \t]*(?:\r?\n|$)/.test(text) ? ';' : '';
  const body = `{${newline}${lines.map((line) => `${unit}${line}${end}${newline}`).join('')}}`;
  if (!isMissing) {
    if (down.state !== 'empty' || downBody === undefined || downEnd === undefined) return undefined;
    return [{ span: { start: downBody, end: downEnd }, text: body }];
  }
  if (upStart === undefined || upEnd === undefined || upBody === undefined) return undefined;
  const head = `${text.slice(upStart, span.start)}down${text.slice(span.end, upBody)}`;
  if (!/\basync\b/.test(head)) return undefined;
  return [{ span: { start: upEnd, end: upEnd }, text: `${newline}${newline}${head}${body}` }];
}

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const path = ({ schema, name }: QualifiedName): string =>
  literal(schema ? `${schema.value}.${name.value}` : name.value);

const isKnown = (...names: (Name | undefined)[]): boolean => names.every((name) => !name?.unknown);

/** The call of the schema builder, for what it has a call for. */
function call(operation: Operation, db: string, dialect: Dialect): string | undefined {
  const schema = `${db}.schema`;
  switch (operation.kind) {
    case 'DropTable':
      return isKnown(operation.table.name) ? `${schema}.dropTable(${path(operation.table)})` : undefined;
    case 'DropIndex': {
      const { index, table, concurrently } = operation;
      if (concurrently || index.schema || !isKnown(index.name)) return undefined;
      // Names of indexes are those of a table in MySQL and SQL Server, of a schema elsewhere.
      const on = table && /^(?:mysql|mariadb|tsql)$/.test(dialect) ? `.on(${path(table)})` : '';
      return `${schema}.dropIndex(${literal(index.name.value)})${on}`;
    }
    case 'DropColumn':
      return `${schema}.alterTable(${path(operation.table)}).dropColumn(${literal(operation.column.value)})`;
    case 'RenameColumn':
      return `${schema}.alterTable(${path(operation.table)}).renameColumn(${literal(operation.column.value)}, ${literal(operation.to.value)})`;
    case 'RenameTable':
      return `${schema}.alterTable(${path(operation.table)}).renameTo(${path(operation.to)})`;
    case 'DropConstraint':
      return operation.constraint
        ? `${schema}.alterTable(${path(operation.table)}).dropConstraint(${literal(operation.constraint.value)})`
        : undefined;
    case 'DropType':
      return `${schema}.dropType(${path(operation.type)})`;
    case 'DropSchema':
      return `${schema}.dropSchema(${literal(operation.schema.value)})`;
    case 'DropView':
      return `${schema}.dropView(${path(operation.view)})`;
    default:
      return undefined;
  }
}

function raw(operation: Operation, db: string, text: string, dialect: Dialect): string | undefined {
  const [statement] = statementsText([operation], dialect) ?? [];
  const imported = /import\s*(?:type\s*)?\{[^}]*\bsql\b[^}]*\}\s*from\s*['"]kysely['"]/.test(text) && db !== 'sql';
  return statement !== undefined && imported ? `sql\`${statement.replace(/[\\`]|\$\{/g, '\\$&')}\`` : undefined;
}
