import type {
  Anchor,
  Migration,
  MigrationBody,
  Operation,
  Span,
  Step,
  Text,
  TransactionState,
} from '../../../ir/index.js';
import type { ReadContext } from '../../front-end.js';
import { readEmbedded } from '../../sql/embedded.js';
import type { Reading } from '../reading.js';
import { anchorAt, contentSpan, spanOf } from '../source.js';
import type { Stmt, StmtOf } from '../syntax/nodes.js';
import type { Circumstances } from '../values/interpreter.js';
import { isNone, itemsOf, textOf, type CallValue, type Value } from '../values/value.js';
import { enumOperation, operationsOf, placed } from './operations.js';
import { harmless } from './signatures.js';
import { coreChange, embedded, hasText, sqlParts } from './sql.js';

/** Reads a revision script; undefined for any other file. */
export function readRevision(reading: Reading, context: ReadContext): Migration | undefined {
  const { interpreter, module, path, source } = reading;
  const functions = new Map<string, StmtOf<'FunctionDef'>>();
  for (const stmt of module.body) if (stmt.kind === 'FunctionDef') functions.set(stmt.name, stmt);
  const { bindings } = interpreter.scope;
  const identified = bindings.has('revision') && bindings.has('down_revision');
  const isInFolder = context.migrations?.runner === 'alembic';
  // Formatters take unused imports out of merge revisions.
  const usesAlembic = functions.has('upgrade') || /\balembic\b|\bop\.\w+\s*\(/.test(source);
  const isBlock = !identified && isQuoted(functions.get('upgrade'), source);
  if (!(identified && (usesAlembic || isInFolder)) && !isBlock) return undefined;
  const named = identified ? assigned(module.body, 'revision') : undefined;
  const id = identified ? textOf(interpreter.name('revision', interpreter.scope)) : undefined;
  const up = functions.get('upgrade');
  const parents = identified ? idsOf(interpreter.name('down_revision', interpreter.scope)) : undefined;
  const list = (name: string) => (bindings.has(name) ? (idsOf(interpreter.name(name, interpreter.scope)) ?? []) : []);
  const fileEnd = { start: source.length, end: source.length };
  const message = messageOf(module.body);
  const span = named ?? (up ? nameOf(up, source) : { start: 0, end: 0 });
  const upBody = readBody('upgrade', functions, reading, up ? spanOf(up) : fileEnd);
  const down = statementsSpan(functions.get('downgrade'));
  const after = up ? { start: up.end, end: up.end } : fileEnd;
  return {
    id: id ?? (path.split('/').at(-1) ?? path).replace(/\.py$/, ''),
    history: context.migrations?.path ?? path.split('/').slice(0, -1).join('/'),
    runner: 'alembic',
    ...(parents && { parents }),
    dependsOn: list('depends_on'),
    branchLabels: list('branch_labels'),
    order: createdOn(module.body),
    ...(message && { message }),
    transaction: 'all',
    up: upBody,
    down: readBody('downgrade', functions, reading, after),
    span,
    anchor: anchorAt(
      source,
      span,
      {},
      { ...pointsOf('parent', assigned(module.body, 'down_revision')), ...pointsOf('down', down) },
    ),
  };
}

const pointsOf = (role: string, span: Span | undefined): Anchor['points'] =>
  span === undefined ? {} : { [`${role}Start`]: span.start, [`${role}End`]: span.end };

/** From the first statement of a function to its last, the docstring left out. */
function statementsSpan(definition: StmtOf<'FunctionDef'> | undefined): Span | undefined {
  const statements = definition?.body.filter((stmt) => !isDocstring(stmt)) ?? [];
  const [first, last] = [statements[0], statements.at(-1)];
  return first && last && { start: first.start, end: last.end };
}

/** Whether a function calls `op` as a revision does that is quoted without its head: one that makes `op` itself runs others. */
function isQuoted(upgrade: StmtOf<'FunctionDef'> | undefined, source: string): boolean {
  const text = upgrade === undefined ? '' : source.slice(upgrade.start, upgrade.end);
  return /\bop\.\w+\s*\(/.test(text) && !/\bop\s*=[^=]/.test(text);
}

function nameOf(definition: StmtOf<'FunctionDef'>, source: string): Span {
  const start = source.indexOf(definition.name, definition.start);
  return { start, end: start + definition.name.length };
}

/** Where the text of a module variable stands. */
function assigned(body: readonly Stmt[], name: string): Span | undefined {
  for (const stmt of body) {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
    const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' ? stmt.value : undefined;
    if (target?.kind === 'Name' && target.id === name && value) return contentSpan(value);
  }
  return undefined;
}

/** When the revision was made, as the docstring of Alembic's template says: ISO times sort as text. */
function createdOn(body: readonly Stmt[]): string[] {
  const [first] = body;
  if (first?.kind !== 'ExprStmt' || first.value.kind !== 'Str') return [];
  const date = /^Create Date:\s*(\d{4}-\d{2}-\d{2}[ T\d:.]*)/m.exec(first.value.value)?.[1];
  return date === undefined ? [] : [date.trim()];
}

/** Ids given as nothing, text, or a tuple or list of text; undefined where they are not known. */
function idsOf(value: Value): string[] | undefined {
  if (isNone(value)) return [];
  const text = textOf(value);
  if (text !== undefined) return [text];
  const ids = itemsOf(value)?.map((item) => textOf(item));
  return ids?.every((id) => id !== undefined) === true ? ids : undefined;
}

/** The first line of the docstring. */
function messageOf(body: readonly Stmt[]): Text | undefined {
  const [first] = body;
  if (first?.kind !== 'ExprStmt' || first.value.kind !== 'Str') return undefined;
  const { value } = first.value;
  const lead = /^\s*/.exec(value)?.[0].length ?? 0;
  const line = value.slice(lead).split('\n')[0]?.trimEnd() ?? '';
  if (line === '' || /^Revision ID:/.test(line)) return undefined;
  const start = contentSpan(first.value).start + lead;
  return { value: line, span: { start, end: start + line.length } };
}

const isDocstring = (stmt: Stmt) => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str';
const doesNothing = (stmt: Stmt) =>
  isDocstring(stmt) ||
  stmt.kind === 'Pass' ||
  (stmt.kind === 'Return' && (stmt.value === undefined || stmt.value.kind === 'None')) ||
  (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Opaque' && stmt.value.children.length === 0);

function readBody(
  name: 'upgrade' | 'downgrade',
  functions: ReadonlyMap<string, StmtOf<'FunctionDef'>>,
  reading: Reading,
  place: Span,
): MigrationBody {
  const main = functions.get(name);
  if (main === undefined) return { state: 'missing', steps: [], span: place };
  const statements = main.body.filter((stmt) => !isDocstring(stmt));
  const span = spanOf(main);
  if (statements.every(doesNothing)) return { state: 'empty', steps: [], span };
  if (statements[0]?.kind === 'Raise') return { state: 'raises', steps: [], span };
  // The template for several databases looks the functions up by engine name.
  const perEngine = /globals\(\)/.test(reading.source.slice(main.start, main.end))
    ? [...functions.values()].filter((each) => each.name.startsWith(`${name}_`))
    : [];
  const steps = [main, ...perEngine].flatMap((each) => stepsOf(each, reading));
  return { state: 'present', steps, span };
}

const executes = /\.(?:execute|executemany|exec_driver_sql|scalar|scalars|exec|executescript)$/;
const onOp = /^alembic\.op\.(?:(batch_alter_table)\(\)\.)?(\w+)$/;

/** Runs one function and collects what it sends to the database, in order. */
function stepsOf(node: StmtOf<'FunctionDef'>, reading: Reading): Step[] {
  const { interpreter } = reading;
  const steps: Step[] = [];
  interpreter.listener = (call, at) => {
    const found = onOp.exec(call.func);
    if (found?.[2] === 'f') return call.args[0]?.value;
    steps.push(...stepsOfCall(call, at, found, reading));
    return undefined;
  };
  const given = Object.fromEntries(
    node.params.slice(0, 1).map(({ name }) => [name, { kind: 'ref' as const, name: 'alembic.op' }]),
  );
  interpreter.runFunction(node, given, { inTransaction: 'yes', repeated: false });
  interpreter.listener = undefined;
  return steps;
}

function stepsOfCall(call: CallValue, at: Circumstances, op: RegExpExecArray | null, reading: Reading): Step[] {
  const { interpreter, dialect } = reading;
  const { inTransaction, guard, repeated } = at;
  const step = (operation: Operation): Step => ({
    operation: placed(operation, guard, repeated),
    inTransaction: transactionOf(inTransaction, call),
  });
  if (op !== null || executes.test(call.func)) {
    const name = op?.[2] ?? 'execute';
    if (name === 'execute' || executes.test(call.func)) {
      const [first] = call.args;
      const argument = first ?? call.keywords.find((each) => /^(?:sqltext|statement|sql|query)$/.test(each.name));
      const parts = sqlParts(argument?.value);
      if (parts !== undefined && hasText(parts)) {
        const context = { dialect, inTransaction: transactionOf(inTransaction, call), ...(guard && { guard }) };
        return readEmbedded(embedded(parts), context).map((statement) => ({ statement }));
      }
      const change = coreChange(argument?.value);
      if (change !== undefined) return [step(change)];
      const isBuilt = argument?.value.kind === 'call' || argument?.value.kind === 'ref';
      if (argument === undefined || (op === null && isBuilt) || !/\.(?:execute|exec_driver_sql)$/.test(call.func))
        return [];
      if (argument.value.kind === 'call' && /\b(?:select|insert|update|delete)\b/.test(argument.value.func)) return [];
      return [
        step({
          kind: 'Opaque',
          reason: 'the SQL text is computed',
          touches: [],
          anything: true,
          span: spanOf(call.node),
          provenance: 'opaque',
        }),
      ];
    }
    if (harmless.has(name)) return [];
    const batch = op?.[1] === undefined ? undefined : call.of;
    return operationsOf({
      reading,
      call,
      name,
      statement: interpreter.statement,
      outsideTransaction: inTransaction === 'no',
      ...(batch && { batch }),
    }).map(step);
  }
  const enumType = enumOperation(call, reading);
  if (enumType !== undefined) return [step(enumType)];
  if (
    /\.metadata\.(?:create_all|drop_all)$/.test(call.func) ||
    (isWhole(call, interpreter.statement) && handsOver(call))
  ) {
    const reason = `${call.func.split('.').at(-1) ?? call.func}() is not followed`;
    return [
      step({ kind: 'Opaque', reason, touches: [], anything: true, span: spanOf(call.node), provenance: 'opaque' }),
    ];
  }
  return [];
}

/** Whether a call is a statement by itself; one that is asked for its answer is taken for a question. */
const isWhole = (call: CallValue, statement: Span): boolean =>
  statement.start === call.node.start && statement.end === call.node.end;

/** Whether a function of another module gets `op` to work with. */
const handsOver = (call: CallValue): boolean =>
  !/^(?:sqlalchemy|sqlmodel|alembic|print|logging|str|repr)\b/.test(call.func) &&
  [...call.args, ...call.keywords].some(({ value }) => value.kind === 'ref' && value.name === 'alembic.op');

/** An `autocommit_block` is outside of the transaction, and so is a connection that commits by itself. */
function transactionOf(inTransaction: TransactionState, call: CallValue): TransactionState {
  for (let at = call.of; at !== undefined; at = at.of) {
    const level = at.keywords.find(({ name }) => name === 'isolation_level');
    if (level !== undefined && textOf(level.value)?.toUpperCase() === 'AUTOCOMMIT') return 'no';
  }
  return inTransaction;
}
