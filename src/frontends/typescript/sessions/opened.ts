import { ts } from 'ts-morph';
import type { SessionLibrary, SessionOpened } from '../../../ir/index.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, visit } from '../syntax.js';
import { aroundIn, functionAround, textOf } from './surroundings.js';

/** A method that opens something, and what gives it back. */
interface Opener {
  library: SessionLibrary;
  resource: SessionOpened['resource'];
  /** One of these, in any case. */
  closes: readonly string[];
  /** For a transaction: this one too, where something fails. */
  undoes?: string;
}

const transaction = (library: SessionLibrary): Opener => ({
  library,
  resource: 'transaction',
  closes: ['commit', 'rollback'],
  undoes: 'rollback',
});

const connection = (library: SessionLibrary): Opener => ({
  library,
  resource: 'connection',
  closes: ['release', 'destroy'],
});

const openers: { readonly [receiver: string]: { readonly [method: string]: Opener } } = {
  'typeorm#DataSource': { createQueryRunner: { library: 'typeorm', resource: 'query runner', closes: ['release'] } },
  'typeorm#EntityManager': { createQueryRunner: { library: 'typeorm', resource: 'query runner', closes: ['release'] } },
  'knex#Knex': { transaction: transaction('knex') },
  'sequelize#Sequelize': { transaction: transaction('sequelize') },
  'mikro-orm#EntityManager': { begin: transaction('mikro-orm') },
  'pg#Client': { connect: connection('pg') },
  'mysql2#Connection': { getConnection: connection('mysql2') },
};

const methods = new Set(Object.values(openers).flatMap(Object.keys));

type Opened = Omit<SessionOpened, 'context' | 'span'>;

/** `const runner = dataSource.createQueryRunner()`, `const trx = await knex.transaction()`, `await em.begin()`. */
export function openedBy(node: ts.CallExpression | ts.NewExpression): Opened | undefined {
  if (ts.isNewExpression(node)) return scriptClient(node);
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !methods.has(callee.name.text)) return undefined;
  const table = openers[receiverOf(callee.expression) ?? ''];
  const opener = table && Object.hasOwn(table, callee.name.text) ? table[callee.name.text] : undefined;
  // What takes a function closes by itself.
  if (!opener || node.arguments.some((each) => isFunction(bare(each)))) return undefined;
  const { library, resource } = opener;
  const opened = { kind: 'session-opened', resource, library, asynchronous: true, api: `${textOf(callee)}()` } as const;
  const owner = functionAround(node)?.node;
  if (callee.name.text === 'begin') return owner && { ...opened, closed: fate(callee.expression, owner, opener) };
  const whole = ts.isAwaitExpression(node.parent) ? node.parent : node;
  const { parent } = whole;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || owner === undefined)
    return { ...opened, closed: owner === undefined ? 'module' : 'handed-over' };
  const isUsing = (parent.parent.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
  return { ...opened, name: parent.name.text, closed: isUsing ? 'with' : fate(parent.name, owner, opener) };
}

const isFunction = (node: ts.Node): boolean =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isIdentifier(node);

/** `new PrismaClient()` of a program that runs from its first line to its last. */
function scriptClient(node: ts.NewExpression): Opened | undefined {
  if (receiverOf(node) !== 'prisma#Client' || !ts.isVariableDeclaration(node.parent)) return undefined;
  const { name, parent } = node.parent;
  const statement = parent.parent;
  if (!ts.isIdentifier(name) || !ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent))
    return undefined;
  const source = statement.parent;
  const isScript = source.statements.some(
    (each) => ts.isExpressionStatement(each) && startsProgram.test(each.getText()),
  );
  const isExported =
    source.statements.some((each) => ts.isExportAssignment(each) || ts.isExportDeclaration(each)) ||
    /^export\b/.test(statement.getText());
  if (!isScript || isExported) return undefined;
  const closed = /\.\$disconnect\b/.test(source.text) ? 'finally' : 'never';
  return {
    kind: 'session-opened',
    resource: 'client',
    library: 'prisma',
    asynchronous: true,
    api: 'new PrismaClient()',
    name: name.text,
    closed,
  };
}

const startsProgram =
  /^(?:void\s+|await\s+)?(?:main|run|seed|start|execute)\w*\s*\(|^(?:void\s+|await\s+|;)?\(\s*async\b/;

/** What becomes of the name that holds what was opened, inside its function. */
function fate(name: ts.Expression, owner: ts.Node, opener: Opener): SessionOpened['closed'] {
  const written = textOf(name);
  const uses = new Set<SessionOpened['closed'] | 'undone'>();
  visit(owner, (node) => {
    if (node !== name && (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && textOf(node) === written)
      uses.add(useOf(node, owner, opener));
    return true;
  });
  if (uses.has('finally')) return 'finally';
  if (uses.has('handed-over')) return 'handed-over';
  if (uses.has('undone')) return uses.has('straight') || opener.undoes === undefined ? 'finally' : 'straight';
  return uses.has('straight') ? 'straight' : 'never';
}

function useOf(node: ts.Expression, owner: ts.Node, opener: Opener): SessionOpened['closed'] | 'undone' {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const method = parent.name.text;
    if (!opener.closes.includes(method)) return 'never';
    // A function inside of this one may run at any time.
    if (functionAround(node)?.node !== owner) return 'handed-over';
    const around = [...aroundIn(node)];
    if (around.some((each) => each.kind === 'finally')) return 'finally';
    return method === opener.undoes && around.some((each) => each.kind === 'except') ? 'undone' : 'straight';
  }
  if (ts.isReturnStatement(parent) || ts.isNewExpression(parent)) return 'handed-over';
  if (ts.isBinaryExpression(parent) && parent.right === node) return 'handed-over';
  if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent))
    // `{ transaction }` among the options of a call lets it take part, and no more.
    return opener.undoes !== undefined && ts.isCallExpression(parent.parent.parent) ? 'never' : 'handed-over';
  return ts.isCallExpression(parent) && /release|close|clean|end|finish/i.test(textOf(parent.expression))
    ? 'handed-over'
    : 'never';
}
