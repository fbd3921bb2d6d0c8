import { ts } from 'ts-morph';
import type { FileFacts, LegacyQuery, SessionCall, SessionOpened, Usage } from '../../../ir/index.js';
import { isFrom, originOf } from '../linking/imports.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { aroundIn, functionAround, loopFacts, textOf } from './surroundings.js';

const globals = [
  'getRepository',
  'getTreeRepository',
  'getMongoRepository',
  'getCustomRepository',
  'getConnection',
  'getConnectionManager',
  'getManager',
  'createQueryBuilder',
];

/** What came with TypeORM 0.3. */
const dataSourceImport = /\bimport\s+(?:type\s+)?\{[^}]*\bDataSource\b[^}]*\}\s*from\s*['"]typeorm['"]/;

/** What code does with TypeORM's repositories and query runners: old finders, saves in loops, runners that are not released. */
export function typeormSessions(unit: Unit, facts: FileFacts): void {
  const context: Usage['context'] =
    facts.migrations.length > 0 ? 'migration' : facts.scope === 'test' ? 'test' : 'application';
  const current = unit.mentions('typeorm') ? dataSourceImport.exec(unit.text) : null;
  if (current !== null) {
    const span = { start: current.index, end: current.index + current[0].length };
    facts.usages.push({ kind: 'current-style', api: 'DataSource', context, span });
  }
  for (const node of unit.calls) {
    if (!ts.isCallExpression(node)) continue;
    const found = legacyCall(node) ?? sessionCall(node) ?? runner(node);
    if (found !== undefined) facts.usages.push({ ...found, context, span: spanOf(node) } as Usage);
  }
}

type Found<U extends Usage> = Omit<U, 'context' | 'span'>;

function legacyCall(node: ts.CallExpression): Found<LegacyQuery> | undefined {
  const callee = bare(node.expression);
  const base = { library: 'typeorm' as const, kind: 'legacy-query' as const, asynchronous: false, methods: [] };
  const [first] = node.arguments;
  // Only of a call that is meant: the way up to the file, for the text, is long in a chain.
  const about = () => ({
    api: `${textOf(callee)}()`,
    ...(first && { target: textOf(first) }),
    entity: first !== undefined && ts.isIdentifier(first),
    head: spanOf(node),
  });
  if (isFrom(originOf(callee), 'typeorm', ...globals)) return { ...base, form: 'global-connection', ...about() };
  if (!ts.isPropertyAccessExpression(callee) || first === undefined) return undefined;
  const isFinder = callee.name.text === 'findByIds' || (callee.name.text === 'findOne' && isKey(first));
  if (!isFinder || !isStore(callee.expression)) return undefined;
  return { ...base, form: 'find-by-id', ...about() };
}

/** Whether an argument is one key rather than options: a literal, or something that is called an id. */
const isKey = (node: ts.Expression): boolean =>
  ts.isNumericLiteral(node) || ts.isStringLiteral(node) || /(?:^|\.)(?:id|\w+Id)$/.test(textOf(node));

const isStore = (node: ts.Expression): boolean => /^typeorm#(?:Repository|EntityManager)$/.test(receiverOf(node) ?? '');

const calls: { [method: string]: SessionCall['call'] } = { save: 'save', rollbackTransaction: 'rollback' };

function sessionCall(node: ts.CallExpression): Found<SessionCall> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const call = Object.hasOwn(calls, callee.name.text) ? calls[callee.name.text] : undefined;
  if (call === undefined) return undefined;
  const isOwn = call === 'save' ? isStore(callee.expression) : receiverOf(callee.expression) === 'typeorm#QueryRunner';
  const isWaitedFor = ts.isAwaitExpression(node.parent);
  // Many rows at once are what the loop is for.
  const isMany = node.arguments.some((each) => ts.isArrayLiteralExpression(bare(each)));
  if (!isOwn || (call === 'save' && (!isWaitedFor || isMany))) return undefined;
  const around = [...aroundIn(node)];
  const loop = around.find((each) => each.kind === 'loop');
  const handler = around.find((each) => each.kind === 'except' || each.kind === 'finally')?.kind;
  const within = functionAround(node);
  return {
    kind: 'session-call',
    call,
    library: 'typeorm',
    api: `${textOf(callee)}()`,
    ...(loop?.kind === 'loop' && { loop: loopFacts(loop.node, node, around) }),
    ...((handler === 'except' || handler === 'finally') && { handler }),
    ...(within?.name !== undefined && { within: within.name }),
    guarded: around[0]?.kind === 'if',
    conditions: around.flatMap((each) => (each.kind === 'if' ? [textOf(each.node.expression)] : [])).reverse(),
  };
}

/** `const runner = dataSource.createQueryRunner()`. */
function runner(node: ts.CallExpression): Found<SessionOpened> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'createQueryRunner') return undefined;
  if (receiverOf(node) !== 'typeorm#QueryRunner') return undefined;
  const opened = { kind: 'session-opened', resource: 'query runner', library: 'typeorm', asynchronous: true } as const;
  const api = `${textOf(callee)}()`;
  const { parent } = node;
  const owner = functionAround(node)?.node;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || owner === undefined)
    return { ...opened, api, closed: owner === undefined ? 'module' : 'handed-over' };
  const isUsing = (parent.parent.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
  return { ...opened, api, name: parent.name.text, closed: isUsing ? 'with' : fate(parent.name, owner) };
}

/** What becomes of the name that holds a query runner inside its function. */
function fate(name: ts.Identifier, owner: ts.Node): SessionOpened['closed'] {
  const order: SessionOpened['closed'][] = ['never', 'straight', 'handed-over', 'finally'];
  let closed = 0;
  const open: ts.Node[] = [owner];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name)
      closed = Math.max(closed, order.indexOf(useOf(node)));
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return order[closed] ?? 'never';
}

function useOf(node: ts.Identifier): SessionOpened['closed'] {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (parent.name.text !== 'release') return 'never';
    return [...aroundIn(node)].some(({ kind }) => kind === 'finally') ? 'finally' : 'straight';
  }
  if (ts.isReturnStatement(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent))
    return 'handed-over';
  if (ts.isBinaryExpression(parent) && parent.right === node) return 'handed-over';
  if (ts.isNewExpression(parent)) return 'handed-over';
  return ts.isCallExpression(parent) && /release|close|clean|end|finish/i.test(textOf(parent.expression))
    ? 'handed-over'
    : 'never';
}
