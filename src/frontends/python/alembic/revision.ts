import type { Anchor, Migration, MigrationBody, Span, Text } from '../../../ir/index.js';
import type { ReadContext } from '../../front-end.js';
import type { Reading } from '../reading.js';
import { anchorAt, contentSpan, spanOf } from '../source.js';
import type { Stmt, StmtOf } from '../syntax/nodes.js';
import { isNone, itemsOf, textOf, type Value } from '../values/value.js';
import { stepsOf } from './steps.js';

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
  const doc = docOf(module.body);
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
    ...(doc && { doc }),
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

/** The docstring, quotes included in its span. */
function docOf(body: readonly Stmt[]): Text | undefined {
  const [first] = body;
  return first?.kind === 'ExprStmt' && first.value.kind === 'Str'
    ? { value: first.value.value, span: spanOf(first.value) }
    : undefined;
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
