import { ts } from 'ts-morph';
import type { Guard } from '../../ir/index.js';
import { classAround } from './methods.js';
import { calledFunction, type Called, type Self } from './called.js';
import { dialectNames } from './dialect-names.js';
import { bind, type Scope } from './values/scope.js';
import { bindPattern, boundArguments, evaluate } from './values/evaluate.js';
import { bare, readAt, spanOf } from './syntax.js';
import { unwrapped } from './wrapped.js';
import { maxUnrolled, scalarOf, unknown, type Value } from './values/values.js';

/** The circumstances under which a part of a body runs. */
export interface Circumstances {
  guard?: Guard;
  /** Inside an unrolled loop or an inlined function. */
  repeated: boolean;
}

/**
 * Reads the body of a function that the library calls, such as `(table) => …`, as part of the walk under way.
 * @param args what its parameters are bound to
 * @param reader reads the calls in there; the one of the walk unless given
 */
export type Enter = (
  callback: ts.Expression,
  args: readonly Value[],
  scope: Scope,
  at: Circumstances,
  reader?: BodyReader,
) => void;

/** What a migration library makes of the calls in a body. */
export interface BodyReader {
  /** Reads a call; false where it is none of the library's, so that its parts are looked at. */
  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean;
  /** The guard that a condition puts on what stands under it, or with `holds` false on what runs otherwise. */
  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard;
  /** The guard of a `case` with these labels, where they tell more than the expression that they are compared with. */
  caseGuard?(subject: ts.Expression, labels: readonly ts.Expression[], scope: Scope): Guard | undefined;
  /** A call that could not be followed, although it may change the schema. */
  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void;
  /** From here on the body is not read, because it is too long or too deep. Said once. */
  cut(node: ts.Node, at: Circumstances): void;
}

const maxInlined = 4;
const maxNesting = 40;
/** Statements and calls, each time that they run. */
const maxSteps = 50_000;

interface State {
  reader: BodyReader;
  self: Self | undefined;
  /** Functions being read, so that recursion ends. */
  open: ts.Node[];
  /** How many of them were called by name. */
  inlined: number;
  nesting: number;
  budget: { steps: number; isCut: boolean };
}

/** Walks a function body in the order in which it runs: loops over known lists unrolled, functions of the file inlined. */
export function walkBody(body: ts.ConciseBody, scope: Scope, reader: BodyReader): void {
  const budget = { steps: maxSteps, isCut: false };
  const owner = classAround(body);
  const self = owner && { node: owner, scope };
  const state: State = { reader, self, open: [], inlined: 0, nesting: 0, budget };
  walkFunctionBody(body, scope, { repeated: false }, state);
}

function walkFunctionBody(body: ts.ConciseBody, scope: Scope, at: Circumstances, state: State): void {
  if (ts.isBlock(body)) walkStatements(body.statements, scope, at, state);
  else walkExpression(body, scope, at, state);
}

function walkStatements(statements: readonly ts.Statement[], scope: Scope, outer: Circumstances, state: State): void {
  const [first] = statements;
  if (first && state.nesting > maxNesting) return cut(first, outer, state);
  const inner = { ...state, nesting: state.nesting + 1 };
  let at = outer;
  for (const statement of statements) {
    if (state.budget.steps-- <= 0) return cut(statement, at, state);
    walkStatement(statement, scope, at, inner);
    // What follows `if (…) return` runs only when the condition does not hold.
    if (ts.isIfStatement(statement) && !statement.elseStatement && leaves(statement.thenStatement)) {
      const condition = evaluate(statement.expression, scope);
      if (condition.kind !== 'known') at = guarded(at, statement.expression, scope, inner, false);
      else if (condition.value) return;
    }
  }
}

function cut(node: ts.Node, at: Circumstances, { reader, budget }: State): void {
  if (budget.isCut) return;
  budget.isCut = true;
  reader.cut(node, at);
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last))
  );
}

/** An outer guard stays, unless it says less. */
function guarded(at: Circumstances, condition: ts.Expression, scope: Scope, state: State, holds = true): Circumstances {
  const guard = state.reader.guard(condition, scope, holds);
  return at.guard && at.guard.kind !== 'unknown' && guard.kind === 'unknown' ? at : { ...at, guard };
}

function walkStatement(node: ts.Statement, scope: Scope, at: Circumstances, state: State): void {
  if (ts.isBlock(node)) walkStatements(node.statements, scope, at, state);
  else if (ts.isExpressionStatement(node)) walkExpression(node.expression, scope, at, state);
  else if (ts.isReturnStatement(node) && node.expression) walkExpression(node.expression, scope, at, state);
  else if (ts.isVariableStatement(node)) {
    for (const { initializer } of node.declarationList.declarations)
      if (initializer) walkExpression(initializer, scope, at, state);
  } else if (ts.isIfStatement(node)) walkIf(node, scope, at, state);
  else if (ts.isForOfStatement(node)) walkForOf(node, scope, at, state);
  else if (
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isWhileStatement(node) ||
    ts.isDoStatement(node)
  ) {
    walkStatements([node.statement], scope, { ...at, repeated: true }, state);
  } else if (ts.isTryStatement(node)) walkTry(node, scope, at, state);
  else if (ts.isSwitchStatement(node)) walkSwitch(node, scope, at, state);
  else if (ts.isLabeledStatement(node)) walkStatements([node.statement], scope, at, state);
}

function walkIf(node: ts.IfStatement, scope: Scope, at: Circumstances, state: State): void {
  const condition = evaluate(node.expression, scope);
  if (condition.kind === 'known') {
    const taken = condition.value ? node.thenStatement : node.elseStatement;
    if (taken) walkStatements([taken], scope, at, state);
    return;
  }
  walkExpression(node.expression, scope, at, state);
  walkStatements([node.thenStatement], scope, guarded(at, node.expression, scope, state), state);
  if (node.elseStatement)
    walkStatements([node.elseStatement], scope, guarded(at, node.expression, scope, state, false), state);
}

/** Each clause with the labels that lead into it; without any, it is the default. */
function walkSwitch(node: ts.SwitchStatement, scope: Scope, at: Circumstances, state: State): void {
  const { clauses } = node.caseBlock;
  const subject = scalarOf(evaluate(node.expression, scope));
  const values = clauses.map((each) =>
    ts.isCaseClause(each) ? scalarOf(evaluate(each.expression, scope)) : undefined,
  );
  if (
    subject !== undefined &&
    clauses.every((each, index) => ts.isDefaultClause(each) || values[index] !== undefined)
  ) {
    const match = clauses.findIndex((each, index) => ts.isCaseClause(each) && values[index] === subject);
    const start = match >= 0 ? match : clauses.findIndex(ts.isDefaultClause);
    if (start >= 0) walkClauses(clauses.slice(start), scope, at, state);
    return;
  }
  const labels = clauses.flatMap((each, index) => (ts.isCaseClause(each) ? [values[index]] : []));
  const asksDialect =
    labels.length > 0 && labels.every((label) => typeof label === 'string' && dialectNames.has(label));
  let open: { label: unknown; node: ts.Expression | undefined }[] = [];
  clauses.forEach((clause, index) => {
    open.push({ label: values[index], node: ts.isCaseClause(clause) ? clause.expression : undefined });
    if (clause.statements.length === 0) return;
    const expressions = open.flatMap((each) => each.node ?? []);
    const guard =
      (expressions.length === open.length
        ? state.reader.caseGuard?.(node.expression, expressions, scope)
        : undefined) ??
      (asksDialect
        ? dialectGuard(
            open.map(({ label }) => label),
            clause,
          )
        : undefined);
    const inner = guard ? { ...at, guard } : guarded(at, node.expression, scope, state);
    walkStatements(clause.statements, scope, inner, state);
    // What does not leave goes on in the next clause, which its own label leads into too.
    if (clause.statements.some(endsClause)) open = [];
  });
}

/** The default is for all other dialects, whatever else leads into it. */
function dialectGuard(labels: readonly unknown[], clause: ts.CaseOrDefaultClause): Guard {
  const named = labels.flatMap((label) => (typeof label === 'string' ? (dialectNames.get(label) ?? []) : []));
  return {
    kind: 'dialect',
    ...(named.length === labels.length && { dialects: [...new Set(named)] }),
    span: spanOf(ts.isCaseClause(clause) ? clause.expression : clause),
  };
}

/** From one clause on, until one of them ends. */
function walkClauses(clauses: readonly ts.CaseOrDefaultClause[], scope: Scope, at: Circumstances, state: State): void {
  for (const { statements } of clauses) {
    walkStatements(statements, scope, at, state);
    if (statements.some(endsClause)) return;
  }
}

const endsClause = (statement: ts.Statement): boolean =>
  ts.isBreakStatement(statement) ||
  leaves(statement) ||
  (ts.isBlock(statement) && statement.statements.some(endsClause));

function walkForOf(node: ts.ForOfStatement, scope: Scope, at: Circumstances, state: State): void {
  walkExpression(node.expression, scope, at, state);
  const pattern = ts.isVariableDeclarationList(node.initializer) ? node.initializer.declarations[0]?.name : undefined;
  const list = evaluate(node.expression, scope);
  const items =
    list.kind === 'array' && list.complete && list.items.length <= maxUnrolled
      ? list.items
      : [unknown('an element of a list', spanOf(node.expression))];
  for (const item of items) {
    walkStatements(
      [node.statement],
      pattern ? bind(scope, bindPattern(pattern, item, scope)) : scope,
      { ...at, repeated: true },
      state,
    );
  }
}

/** A catch that does not throw again swallows the error about an object that is there already. */
function walkTry(node: ts.TryStatement, scope: Scope, at: Circumstances, state: State): void {
  const swallows = node.catchClause && !node.catchClause.block.statements.some((each) => ts.isThrowStatement(each));
  // On which databases it runs says more.
  const inner: Circumstances =
    swallows && at.guard?.kind !== 'dialect'
      ? { ...at, guard: { kind: 'idempotent', span: spanOf(node.catchClause) } }
      : at;
  walkStatements(node.tryBlock.statements, scope, inner, state);
  const { catchClause } = node;
  if (catchClause) {
    const caught: Circumstances = at.guard ? at : { ...at, guard: { kind: 'unknown', span: spanOf(catchClause) } };
    walkStatements(catchClause.block.statements, scope, caught, state);
  }
  if (node.finallyBlock) walkStatements(node.finallyBlock.statements, scope, at, state);
}

/**
 * Reads the calls of an expression, those in arguments before the call itself. A function that is written in place as an
 * argument runs where it stands, once the promise before it is kept; other function values are not entered.
 */
function walkExpression(root: ts.Expression, scope: Scope, at: Circumstances, state: State): void {
  const stack: ts.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (state.budget.steps <= 0) return cut(node, at, state);
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) {
      if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) walkArgument(node, scope, at, state);
      continue;
    }
    if (ts.isCallExpression(node)) {
      state.budget.steps--;
      if (walkCall(node, scope, at, state)) continue;
    }
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    stack.push(...children.reverse());
  }
}

function walkCall(node: ts.CallExpression, scope: Scope, at: Circumstances, state: State): boolean {
  const enter: Enter = (callback, args, inner, circumstances, reader = state.reader) => {
    enterCallback(bare(callback), args, inner, circumstances, { ...state, reader });
  };
  if (state.reader.call(unwrapped(node, scope) ?? node, scope, at, enter)) return true;
  if (unrolled(node, scope, at, state) || promised(node, scope, at, state)) return true;
  const called = calledFunction(bare(node.expression), scope, state.self);
  if (!called) {
    state.reader.unfollowed(node, scope, at);
    return false;
  }
  if (!called.node.body || state.open.includes(called.node) || state.inlined >= maxInlined) {
    state.reader.unfollowed(node, scope, at);
    return true;
  }
  const inner = { ...state, inlined: state.inlined + 1 };
  walkCalled(called, boundArguments(called.node, node.arguments, scope), scope, { ...at, repeated: true }, inner, node);
  return true;
}

/** Reads the body of a function; what it does in another file stands where it is called. */
function walkCalled(
  { node, scope: own }: Called,
  bindings: readonly (readonly [ts.Node, Value])[],
  scope: Scope,
  at: Circumstances,
  state: State,
  from: ts.Node,
): void {
  const inner = { ...state, open: [...state.open, node] };
  const around =
    own === scope
      ? scope
      : { ...own, bound: scope.bound, depth: scope.depth, budget: scope.budget, total: scope.total };
  const walk = (): void => walkFunctionBody(node.body!, bind(around, bindings), at, inner);
  const source = node.getSourceFile();
  if (source === from.getSourceFile()) walk();
  else readAt(source, spanOf(from), walk);
}

/** What `then` gets runs in any case, what any other function gets may run never, or often. */
function walkArgument(
  node: ts.ArrowFunction | ts.FunctionExpression,
  scope: Scope,
  at: Circumstances,
  state: State,
): void {
  const { parent } = node;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return;
  if (parent.expression === node) return enterCallback(node, [], scope, at, state);
  const callee = bare(parent.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const isSure = ts.isNewExpression(parent) ? name === 'Promise' : /^(?:then|finally|tap)$/.test(name);
  const guard = at.guard ?? { kind: 'unknown' as const, span: spanOf(parent.expression) };
  enterCallback(node, [], scope, isSure ? at : { guard, repeated: true }, state);
}

/** A function that is written in place, or named. */
function enterCallback(
  callback: ts.Expression,
  args: readonly Value[],
  scope: Scope,
  at: Circumstances,
  state: State,
): void {
  const inPlace = ts.isArrowFunction(callback) || ts.isFunctionExpression(callback);
  const called = inPlace ? { node: callback, scope } : calledFunction(callback, scope, state.self);
  if (!called?.node.body || state.open.includes(called.node) || state.open.length > maxNesting) return;
  const bindings = called.node.parameters.flatMap(({ name }, index) => {
    const value = args[index];
    return value ? bindPattern(name, value, scope) : [];
  });
  walkCalled(called, bindings, scope, at, state, callback);
}

/** `Promise.all([…]).then(() => …)`: what is given to `then` runs behind what stands before it. */
function promised(node: ts.CallExpression, scope: Scope, at: Circumstances, state: State): boolean {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(?:then|catch|finally)$/.test(callee.name.text)) return false;
  const callbacks = node.arguments
    .map(bare)
    .filter((each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each));
  if (callbacks.length === 0) return false;
  walkExpression(callee.expression, scope, at, state);
  const isHandler = callee.name.text === 'catch' && !at.guard;
  const inner: Circumstances = isHandler ? { ...at, guard: { kind: 'unknown', span: spanOf(node.arguments[0]!) } } : at;
  for (const callback of callbacks) enterCallback(callback, [], scope, inner, state);
  return true;
}

/** `[…].forEach((x) => …)` and `.map(…)` over a known list. */
function unrolled(node: ts.CallExpression, scope: Scope, at: Circumstances, state: State): boolean {
  const callee = bare(node.expression);
  const callback = node.arguments[0] && bare(node.arguments[0]);
  if (!ts.isPropertyAccessExpression(callee) || !callback || !/^(?:forEach|map)$/.test(callee.name.text)) return false;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return false;
  walkExpression(callee.expression, scope, at, state);
  const list = evaluate(callee.expression, scope);
  const known = list.kind === 'array' && list.complete && list.items.length <= maxUnrolled;
  const items: Value[] = known ? list.items : [unknown('an element of a list', spanOf(callee.expression))];
  const [parameter] = callback.parameters;
  for (const item of items) {
    const inner = parameter ? bind(scope, bindPattern(parameter.name, item, scope)) : scope;
    walkFunctionBody(callback.body, inner, { ...at, repeated: true }, state);
  }
  return true;
}
