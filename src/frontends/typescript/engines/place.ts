import { ts } from 'ts-morph';
import type { Engine, ProgramPlace } from '../../../ir/index.js';
import { connectsBy } from '../drivers/tables.js';
import { exportOf } from '../injection/exports.js';
import { decoratorsOf, nameText, visit } from '../syntax.js';

type Fate = NonNullable<Engine['fate']>;

const startup =
  /^(?:bootstrap|main|start|startup|setup|init|initiali[sz]e|connect|configure|register|onModuleInit|useFactory|(?:create|make|build)App)$|^(?:init|setup|initiali[sz]e|bootstrap|configure)[A-Z]/;
const route = /^(?:Get|Post|Put|Patch|Delete|All|Query|Mutation|Resolver|Cron|MessagePattern|EventPattern)$/;
const verb = /^(?:get|post|put|patch|delete|all|use)$/;

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

const isFunction = (node: ts.Node): node is FunctionNode => ts.isFunctionLike(node) && 'body' in node;

function around(node: ts.Node): { functions: FunctionNode[]; owner?: ts.ClassLikeDeclaration } {
  const functions: FunctionNode[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (isFunction(at)) functions.push(at);
    if (ts.isClassLike(at)) return { functions, owner: at };
  }
  return { functions };
}

function nameOf(node: FunctionNode): string | undefined {
  if (node.name) return nameText(node.name);
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
    return nameText(parent.name);
  return undefined;
}

/** Where a call stands, and how often that place runs. */
export function placeOf(node: ts.Expression): ProgramPlace {
  const { functions, owner } = around(node);
  const [inner] = functions;
  const className = owner?.name?.text;
  const named = className === undefined ? {} : { class: className };
  if (inner === undefined) return { in: owner ? 'class' : 'module', ...named };
  const name = functions.map(nameOf).find((each) => each !== undefined);
  const handler = functions.some(isHandler);
  const once = handler ? undefined : onceOf(node, functions);
  return {
    in: 'function',
    ...named,
    ...(name !== undefined && { function: name }),
    ...(once && { once }),
    ...(handler && { handler: true as const }),
  };
}

/** `@Get()`, `app.get('/', (request) => …)`. */
function isHandler(node: FunctionNode): boolean {
  const decorated = decoratorsOf(node).some(({ expression }) =>
    route.test(ts.isCallExpression(expression) ? expression.expression.getText() : expression.getText()),
  );
  const call = node.parent;
  const isArgument = ts.isCallExpression(call) && call.arguments.some((each) => each === node);
  return (
    decorated ||
    (isArgument &&
      ts.isPropertyAccessExpression(call.expression) &&
      verb.test(call.expression.name.text) &&
      call.arguments.length > 1)
  );
}

function onceOf(node: ts.Expression, functions: readonly FunctionNode[]): ProgramPlace['once'] {
  if (isLookedAtFirst(node, functions[0]!)) return 'cached';
  const names = functions.flatMap((each) => nameOf(each) ?? []);
  if (names.some((name) => startup.test(name))) return 'startup';
  const { statements } = node.getSourceFile();
  const runs = statements.some((each) => {
    if (!ts.isExpressionStatement(each)) return false;
    const text = each.getText();
    return (
      names.some((name) => new RegExp(`^(?:void |await )?${name}\\(`).test(text)) ||
      (/^(?:void |await )?\(/.test(text) && each.pos <= node.pos && node.end <= each.end)
    );
  });
  return runs ? 'script' : undefined;
}

/** `if (!source) source = new DataSource()`, `source ??= new DataSource()`. */
function isLookedAtFirst(node: ts.Expression, inside: FunctionNode): boolean {
  let target: string | undefined;
  for (let at: ts.Node = node; at.parent !== undefined && at !== inside; at = at.parent) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent) && parent.right === at) {
      if (/^(?:\?\?=|\|\|=)$/.test(parent.operatorToken.getText())) return true;
      if (parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) target = parent.left.getText();
    }
  }
  if (target === undefined) return false;
  let found = false;
  visit(inside, (each) => {
    if (ts.isIfStatement(each) && each.pos <= node.pos && each.expression.getText().includes(target!)) found = true;
    return !found;
  });
  return found;
}

/** What a function does with what it makes. */
export function fateOf(node: ts.Expression): Fate | undefined {
  const [inside] = around(node).functions;
  if (inside === undefined) return undefined;
  let at: ts.Node = node;
  while (
    ts.isAwaitExpression(at.parent) ||
    ts.isParenthesizedExpression(at.parent) ||
    ts.isAsExpression(at.parent) ||
    ts.isPropertyAccessExpression(at.parent) ||
    (ts.isCallExpression(at.parent) && (at.parent.expression === at || isWrapping(at.parent)))
  )
    at = at.parent;
  const { parent } = at;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name))
    return ts.isExpressionStatement(parent)
      ? 'local'
      : ts.isReturnStatement(parent) || ts.isArrowFunction(parent)
        ? 'returned'
        : 'kept';
  const { name } = parent;
  const fates = new Set<Fate>();
  visit(inside, (each) => {
    if (ts.isIdentifier(each) && each.text === name.text && each !== name) fates.add(useOf(each, inside));
    return true;
  });
  return (['kept', 'returned', 'closed'] as const).find((fate) => fates.has(fate)) ?? 'local';
}

/** `drizzle(new Pool())` is as good as the pool itself. */
function isWrapping(call: ts.CallExpression): boolean {
  const origin = exportOf(call.expression);
  return origin !== undefined && connectsBy(origin.module, origin.name)?.wraps === true;
}

function useOf(name: ts.Identifier, inside: FunctionNode): Fate {
  const { parent } = name;
  // A function inside of this one may run whenever it likes.
  if (around(name).functions[0] !== inside) return 'kept';
  if (ts.isPropertyAccessExpression(parent) && parent.expression === name) {
    if (/^(?:destroy|end|close|release)$/.test(parent.name.text)) return 'closed';
    const call = parent.parent;
    const whole = ts.isCallExpression(call) && ts.isAwaitExpression(call.parent) ? call.parent : call;
    return /^(?:initialize|connect)$/.test(parent.name.text) && ts.isReturnStatement(whole.parent)
      ? 'returned'
      : 'local';
  }
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return 'returned';
  // `db('users')`
  if (ts.isCallExpression(parent) && parent.expression === name) return 'local';
  return ts.isPropertyAccessExpression(parent) || ts.isPrefixUnaryExpression(parent) ? 'local' : 'kept';
}
