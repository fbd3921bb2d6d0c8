import type { CalledValue, ClientValue, Default, Dialect } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import type { Reading } from '../reading.js';
import { spanOf, sqlText, written } from '../source.js';
import type { Expr, Stmt } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { isNone, keyword, textOf, type Arg, type CallValue, type Value } from '../values/value.js';

/** What `default=`, `insert_default=`, a `Sequence` or `server_default=` gives a new row. */
export function defaultOf(call: CallValue, reading: Reading): Default | undefined {
  const server = keyword(call, 'server_default');
  if (server !== undefined && !isNone(server.value)) return serverSide(server, reading);
  const client = keyword(call, 'insert_default') ?? keyword(call, 'default') ?? sequenceOf(call);
  return client === undefined || isNone(client.value) ? undefined : clientSide(client, reading);
}

/** What a change of the row sets the column to. */
export function onChangeOf(call: CallValue, reading: Reading): Default | undefined {
  const server = keyword(call, 'server_onupdate');
  if (server !== undefined && !isNone(server.value)) return serverSide(server, reading);
  const client = keyword(call, 'onupdate');
  return client === undefined || isNone(client.value) ? undefined : clientSide(client, reading);
}

/** A sequence is asked for the next number before a row is written. */
const sequenceOf = (call: CallValue): Arg | undefined =>
  call.args.find(({ value }) => value.kind === 'call' && value.func === 'sqlalchemy.Sequence');

function serverSide({ value, node }: Arg, { source, dialect }: Reading): Default {
  return serverDefault(serverText(value, node, source, dialect), spanOf(node), dialect);
}

/** Functions that SQLAlchemy writes without parentheses. */
const bare = /^sqlalchemy\.func\.(current_(?:date|time|timestamp|user)|localtime(?:stamp)?|session_user|user)$/;

/** A server default as SQLAlchemy writes it into the statement. */
function serverText(value: Value, node: Expr, source: string, dialect: Dialect): string {
  const text = textOf(value);
  if (text !== undefined) return `'${text.replace(/'/g, "''")}'`;
  const name = value.kind === 'call' ? value.func : value.kind === 'ref' ? canonical(value.name) : '';
  const isLite = dialect === 'sqlite';
  if (/^sqlalchemy\.(?:true|false)$/.test(name)) {
    const isTrue = name.endsWith('.true');
    return isLite || dialect === 'tsql' ? (isTrue ? '1' : '0') : String(isTrue);
  }
  if (name === 'sqlalchemy.null') return 'NULL';
  if (name === 'sqlalchemy.func.now' && isLite) return 'CURRENT_TIMESTAMP';
  const [, word] = bare.exec(name) ?? [];
  if (word !== undefined) return word.toUpperCase();
  if (value.kind === 'call' && name === 'sqlalchemy.Sequence().next_value' && value.of !== undefined) {
    const sequence = textOf(value.of.args[0]?.value);
    const isMysql = dialect === 'mysql' || dialect === 'mariadb';
    if (sequence !== undefined) return isMysql ? `nextval(${sequence})` : `nextval('${sequence}')`;
  }
  return sqlText(value, source, node);
}

/** A default that the ORM applies. */
export function clientSide({ value, node }: Arg, reading: Reading): Default {
  const known = clientValue(value, reading);
  return { by: 'client', text: written(reading.source, node), ...(known && { value: known }), span: spanOf(node) };
}

const isSql = /^sqlalchemy\.(?:func\..*|text|literal_column|literal|null|true|false|select|case|cast|Sequence)$/;

/** What a value gives that stands as a default: a function is called for each row, a call has been made by then. */
function clientValue(value: Value, reading: Reading): ClientValue | undefined {
  if (value.kind === 'function') return made(value, reading);
  if (value.kind === 'call' && !isSql.test(value.func)) {
    // What a function of another file gives, the link step knows by its name.
    const { func, through } = value;
    if (through !== undefined) return { kind: 'call', name: through, arguments: [], once: true };
    return { kind: 'call', name: func, arguments: argumentsOf(value, reading), once: true };
  }
  return plainValue(value, reading) ?? named(value, reading);
}

function plainValue(value: Value, { source }: Reading): ClientValue | undefined {
  const text = textOf(value);
  if (value.kind === 'member') return { kind: 'member', of: value.of, name: value.name };
  if (text !== undefined) return { kind: 'literal', value: text };
  if (value.kind === 'const' && value.value !== null) return { kind: 'literal', value: value.value };
  if (value.kind === 'list' && value.items.length === 0) return { kind: 'empty', of: 'list' };
  if (value.kind === 'dict' && value.entries.length === 0) return { kind: 'empty', of: 'dict' };
  if (value.kind === 'call' && isSql.test(value.func))
    return { kind: 'sql', text: sqlText(value, source, spanOf(value.node)) };
  return undefined;
}

/** A symbol: a member of an enum of another module, `list`, or a function by its name. */
function named(value: Value, reading: Reading): ClientValue | undefined {
  const name = reading.interpreter.nameOf(value);
  if (name === undefined) return undefined;
  if (name === 'list' || name === 'dict') return { kind: 'empty', of: name };
  const [last = '', owner = ''] = name.split('.').reverse();
  if (/^[A-Z]/.test(owner) || /^[A-Z][A-Z0-9_]*$/.test(last)) return { kind: 'member', of: owner, name: last };
  return { kind: 'call', name, arguments: [] };
}

/** What a function gives: one of this file is run, with arguments that are not known. */
function made(value: Extract<Value, { kind: 'function' }>, reading: Reading): ClientValue | undefined {
  const { interpreter } = reading;
  const { node } = value;
  const through = node.kind === 'Lambda' ? 'lambda' : node.name;
  const result = node.kind === 'Lambda' ? interpreter.evaluate(node.body, value.scope) : returned(interpreter, node);
  const plain = result && plainValue(result, reading);
  if (plain !== undefined) return plain;
  if (result?.kind === 'call')
    return { kind: 'call', name: result.func, arguments: argumentsOf(result, reading), through };
  const name = interpreter.nameOf(value);
  return name === undefined ? undefined : { kind: 'call', name, arguments: [] };
}

/** The functions of a module that give a moment or a UUID: other modules name them as defaults. */
export function makersIn(body: readonly Stmt[], reading: Reading): { [name: string]: CalledValue } {
  const makers: { [name: string]: CalledValue } = {};
  for (const node of body) {
    if (node.kind !== 'FunctionDef' || node.params.some((param) => param.star === undefined && !param.default))
      continue;
    if (!/\b(?:utc)?now\b|\buuid/.test(reading.source.slice(node.bodyStart, node.end))) continue;
    const value = made({ kind: 'function', node, scope: reading.interpreter.scope }, reading);
    if (value?.kind === 'call' && value.through !== undefined) makers[node.name] = value;
  }
  return makers;
}

function returned(
  interpreter: Reading['interpreter'],
  node: Extract<Extract<Value, { kind: 'function' }>['node'], { kind: 'FunctionDef' }>,
): Value | undefined {
  const outcome = interpreter.runFunction(node, {}, { inTransaction: 'unknown', repeated: true });
  return typeof outcome === 'object' ? outcome.value : undefined;
}

const argumentsOf = ({ args, keywords }: CallValue, { source }: Reading): string[] => [
  ...args.map(({ node }) => written(source, node)),
  ...keywords.map(({ name, node }) => `${name}=${written(source, node)}`),
];
