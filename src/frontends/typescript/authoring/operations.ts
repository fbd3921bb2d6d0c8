import type { Around, Dialect, Operation, Runner, Span, TextEdit } from '../../../ir/index.js';
import { sendingCall } from '../../sending-call.js';
import { statementsText } from '../../sql/authoring-downgrade.js';
import { isWhole } from '../../sql/authoring-operations.js';
import { sqlLiteral } from './literal.js';

/** A statement that does nothing but an operation, and how another one beside it sends SQL. */
interface Place {
  span: Span;
  indent: string;
  send(sql: string): string;
}

/** How a runner's object for schema changes sends SQL. */
const senders: { readonly [R in Runner]?: string } = { typeorm: 'query', sequelize: 'sequelize.query' };

function placeOf({ span }: Operation, { statement, migration }: Around, text: string): Place | undefined {
  if (statement !== undefined) {
    const call = isWhole(statement) && statement.holes.length === 0 ? sendingCall(text, statement.span) : undefined;
    if (call === undefined) return undefined;
    const { head, tail } = call;
    return { ...call, send: (sql) => head + (/sql$/i.test(head) ? template(sql) : sqlLiteral(sql)) + tail };
  }
  const sender = migration && senders[migration.runner];
  if (sender === undefined) return undefined;
  const before = /(?:^|[\r\n])([ \t]*)(await[ \t]+)$/.exec(text.slice(Math.max(0, span.start - 200), span.start));
  const receiver = /^(\w+)\.\w+\(/.exec(text.slice(span.start, span.end))?.[1];
  const behind = /^;?(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(span.end, span.end + 200))?.[0];
  if (before === null || receiver === undefined || behind === undefined) return undefined;
  const [, indent, awaited] = before as unknown as [string, string, string];
  return {
    span: { start: span.start - awaited.length, end: span.end + behind.length },
    indent,
    send: (sql) => `await ${receiver}.${sender}(${sqlLiteral(sql)})${behind}`,
  };
}

/** A template literal of SQL text. */
const template = (sql: string): string => `\`${sql.replace(/[\\`]|\$\{/g, '\\$&')}\``;

/** Sends SQL in the place of a statement. */
export function replaceOperation(
  text: string,
  operation: Operation,
  by: readonly Operation[],
  around: Around,
  dialect: Dialect,
): TextEdit[] | undefined {
  const place = placeOf(operation, around, text);
  const statements = statementsText(by, dialect);
  if (place === undefined || statements === undefined || statements.length === 0) return undefined;
  return [{ span: place.span, text: statements.map(place.send).join(separatorOf(text, place)) }];
}

/** Sends SQL on lines before or behind a statement. */
export function addOperations(
  text: string,
  operation: Operation,
  added: readonly Operation[],
  where: 'before' | 'behind',
  around: Around,
  dialect: Dialect,
): TextEdit[] | undefined {
  const place = placeOf(operation, around, text);
  const statements = statementsText(added, dialect);
  if (place === undefined || statements === undefined || statements.length === 0) return undefined;
  const separator = separatorOf(text, place);
  const lines = statements.map(place.send).join(separator);
  const { start, end } = place.span;
  return where === 'before'
    ? [{ span: { start, end: start }, text: lines + separator }]
    : [{ span: { start: end, end }, text: separator + lines }];
}

const separatorOf = (text: string, { indent }: Place): string => (text.includes('\r\n') ? '\r\n' : '\n') + indent;
