import { ts } from 'ts-morph';
import type { Guard } from '../../ir/index.js';
import { bind, bindPattern, boundArguments, evaluate, functionOf, type Scope } from './values/evaluate.js';
import { maxUnrolled } from './values/evaluate-methods.js';
import { bare, nameText, spanOf } from './syntax.js';
import { unknown, type Value } from './values/values.js';

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
  /** Functions being read, so that recursion ends. */
  open: ts.Node[];
  /** How many of them were called by name. */
  inlined: number;
  nesting: number;
  budget: { steps: number; isCut: boolean };
}

/** Walks a function body in the order in which it runs: loops over known lists unrolled, functions of the file inlined. */
export function walkBody(body: ts.ConciseBody, scope: Scope, reader: BodyReader): void {
  const state: State = { reader, open: [], inlined: 0, nesting: 0, budget: { steps: maxSteps, isCut: false } };
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
      at = guarded(at, statement.expression, scope, inner, false);
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

/** Labels without statements share those of the next clause. */
function walkSwitch(node: ts.SwitchStatement, scope: Scope, at: Circumstances, state: State): void {
  let labels: ts.Expression[] = [];
  for (const clause of node.caseBlock.clauses) {
    if (ts.isCaseClause(clause)) labels.push(clause.expression);
    if (clause.statements.length === 0) continue;
    const guard = ts.isCaseClause(clause) ? state.reader.caseGuard?.(node.expression, labels, scope) : undefined;
    const inner = guard && !at.guard ? { ...at, guard } : guarded(at, node.expression, scope, state);
    walkStatements(clause.statements, scope, inner, state);
    labels = [];
  }
}

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
  const inner: Circumstances = swallows ? { ...at, guard: { kind: 'idempotent', span: spanOf(node.catchClause) } } : at;
  walkStatements(node.tryBlock.statements, scope, inner, state);
  const { catchClause } = node;
  if (catchClause) {
    const caught: Circumstances = at.guard ? at : { ...at, guard: { kind: 'unknown', span: spanOf(catchClause) } };
    walkStatements(catchClause.block.statements, scope, caught, state);
  }
  if (node.finallyBlock) walkStatements(node.finallyBlock.statements, scope, at, state);
}

/** Reads the calls of an expression, those in arguments before the call itself. Function values are not entered. */
function walkExpression(root: ts.Expression, scope: Scope, at: Circumstances, state: State): void {
  const stack: ts.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (state.budget.steps <= 0) return cut(node, at, state);
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) continue;
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
  if (state.reader.call(node, scope, at, enter)) return true;
  if (unrolled(node, scope, at, state)) return true;
  const declared = functionOf(bare(node.expression)) ?? methodOf(bare(node.expression));
  if (!declared) {
    state.reader.unfollowed(node, scope, at);
    return false;
  }
  if (!declared.body || state.open.includes(declared) || state.inlined >= maxInlined) {
    state.reader.unfollowed(node, scope, at);
    return true;
  }
  const inner = { ...state, open: [...state.open, declared], inlined: state.inlined + 1 };
  walkFunctionBody(
    declared.body,
    bind(scope, boundArguments(declared, node.arguments, scope)),
    { ...at, repeated: true },
    inner,
  );
  return true;
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
  const declared = inPlace ? callback : (functionOf(callback) ?? methodOf(callback));
  if (!declared?.body || state.open.includes(declared) || state.open.length > maxNesting) return;
  const bindings = declared.parameters.flatMap(({ name }, index) => {
    const value = args[index];
    return value ? bindPattern(name, value, scope) : [];
  });
  walkFunctionBody(declared.body, bind(scope, bindings), at, { ...state, open: [...state.open, declared] });
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

/** The method that `this.name(…)` calls in its own class. */
export function methodOf(callee: ts.Expression): ts.FunctionLikeDeclaration | undefined {
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  let owner: ts.Node | undefined = callee;
  while (owner && !ts.isClassLike(owner)) owner = owner.parent;
  return owner && memberFunction(owner, callee.name.text);
}

/** A method of a class, also one that is written as a property holding a function. */
export function memberFunction(owner: ts.ClassLikeDeclaration, name: string): ts.FunctionLikeDeclaration | undefined {
  const member = owner.members.find(
    (each) => nameText(each.name) === name && (ts.isMethodDeclaration(each) || ts.isPropertyDeclaration(each)),
  );
  if (!member || ts.isMethodDeclaration(member)) return member;
  const initializer = ts.isPropertyDeclaration(member) && member.initializer ? bare(member.initializer) : undefined;
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer
    : undefined;
}
