import { ts } from 'ts-morph';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { originOf } from '../linking/imports.js';
import { bare, decoratorsOf, nameText } from '../syntax.js';

/** What a value is to a database library: `typeorm#QueryRunner`, `pg#Client`. */
export type Receiver = string;

/** Types and functions of the libraries, by module and exported name. Kinds that have the same methods share a name. */
const exported: { [module: string]: { [name: string]: Receiver } } = {
  typeorm: {
    DataSource: 'typeorm#DataSource',
    Connection: 'typeorm#DataSource',
    createConnection: 'typeorm#DataSource',
    getConnection: 'typeorm#DataSource',
    EntityManager: 'typeorm#EntityManager',
    getManager: 'typeorm#EntityManager',
    Repository: 'typeorm#Repository',
    TreeRepository: 'typeorm#Repository',
    getRepository: 'typeorm#Repository',
    BaseEntity: 'typeorm#Repository',
    QueryRunner: 'typeorm#QueryRunner',
    SelectQueryBuilder: 'typeorm#QueryBuilder',
    UpdateQueryBuilder: 'typeorm#QueryBuilder',
    DeleteQueryBuilder: 'typeorm#QueryBuilder',
    InsertQueryBuilder: 'typeorm#QueryBuilder',
    SoftDeleteQueryBuilder: 'typeorm#QueryBuilder',
    QueryBuilder: 'typeorm#QueryBuilder',
    WhereExpressionBuilder: 'typeorm#QueryBuilder',
    createQueryBuilder: 'typeorm#QueryBuilder',
  },
  pg: { Pool: 'pg#Client', Client: 'pg#Client', PoolClient: 'pg#Client', ClientBase: 'pg#Client' },
  mysql2: {
    Connection: 'mysql2#Connection',
    Pool: 'mysql2#Connection',
    PoolConnection: 'mysql2#Connection',
    createConnection: 'mysql2#Connection',
    createPool: 'mysql2#Connection',
  },
};
exported['mysql2/promise'] = exported['mysql2']!;
exported['mysql'] = exported['mysql2']!;

/** What members of a receiver are. `*` holds for all others: a query builder's methods give the builder back. */
const members: { [receiver: Receiver]: { [member: string]: Receiver } } = {
  'typeorm#DataSource': {
    manager: 'typeorm#EntityManager',
    createEntityManager: 'typeorm#EntityManager',
    getRepository: 'typeorm#Repository',
    getTreeRepository: 'typeorm#Repository',
    createQueryRunner: 'typeorm#QueryRunner',
    createQueryBuilder: 'typeorm#QueryBuilder',
    initialize: 'typeorm#DataSource',
  },
  'typeorm#EntityManager': {
    connection: 'typeorm#DataSource',
    dataSource: 'typeorm#DataSource',
    queryRunner: 'typeorm#QueryRunner',
    getRepository: 'typeorm#Repository',
    getTreeRepository: 'typeorm#Repository',
    withRepository: 'typeorm#Repository',
    createQueryBuilder: 'typeorm#QueryBuilder',
  },
  'typeorm#Repository': {
    manager: 'typeorm#EntityManager',
    createQueryBuilder: 'typeorm#QueryBuilder',
    extend: 'typeorm#Repository',
  },
  'typeorm#QueryRunner': {
    manager: 'typeorm#EntityManager',
    connection: 'typeorm#DataSource',
    dataSource: 'typeorm#DataSource',
  },
  'typeorm#QueryBuilder': { '*': 'typeorm#QueryBuilder' },
  'pg#Client': { connect: 'pg#Client' },
  'mysql2#Connection': { promise: 'mysql2#Connection', getConnection: 'mysql2#Connection' },
};

/** Callbacks whose parameter is a receiver: `dataSource.transaction(async (manager) => …)`, `new Brackets((qb) => …)`. */
const callbacks: { [method: string]: Receiver } = {
  transaction: 'typeorm#EntityManager',
  runInTransaction: 'typeorm#EntityManager',
  Brackets: 'typeorm#QueryBuilder',
  NotBrackets: 'typeorm#QueryBuilder',
};

const maxDepth = 12;

/**
 * What library object an expression is, by imports, annotations and initialisers; nothing for all else. A chain of calls
 * is walked down to its root and up again: builder chains are long.
 */
export function receiverOf(expression: ts.Expression, depth = 0): Receiver | undefined {
  if (depth > maxDepth) return undefined;
  const steps: { node: ts.Expression; member: string }[] = [];
  let node = bare(expression);
  let root: Receiver | undefined;
  for (;;) {
    if (known.has(node)) {
      root = known.get(node);
      break;
    }
    const callee = ts.isCallExpression(node) ? bare(node.expression) : node;
    if (ts.isCallExpression(node) && isName(callee)) root = fromExport(originOf(callee));
    if (root === undefined && !ts.isCallExpression(node) && isField(callee)) root = fieldOf(callee, depth + 1);
    if (root !== undefined) break;
    if (!ts.isPropertyAccessExpression(callee)) {
      root = rootOf(node, depth + 1);
      break;
    }
    steps.push({ node, member: callee.name.text });
    node = bare(callee.expression);
  }
  for (let step = steps.pop(); step; step = steps.pop()) {
    root = memberOf(root, step.member);
    // What was found at the limit of the depth may be known from elsewhere.
    if (depth === 0) known.set(step.node, root);
  }
  return root;
}

const known = new WeakMap<ts.Node, Receiver | undefined>();

const isField = (node: ts.Expression): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;

/** `getRepository`, `orm.getRepository`. */
const isName = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression));

function rootOf(node: ts.Expression, depth: number): Receiver | undefined {
  if (ts.isNewExpression(node)) return fromExport(originOf(node.expression));
  if (node.kind === ts.SyntaxKind.ThisKeyword) return extended(node);
  const declaration = ts.isIdentifier(node) ? declarationOf(node.text, node) : undefined;
  return declaration && declared(declaration, depth);
}

const fromExport = (origin: { module: string; name: string } | undefined): Receiver | undefined =>
  origin && own(own(exported, origin.module) ?? {}, origin.name);

function memberOf(receiver: Receiver | undefined, member: string): Receiver | undefined {
  const table = receiver === undefined ? undefined : own(members, receiver);
  return table && (own(table, member) ?? table['*']);
}

const own = <T>(table: { [key: string]: T }, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function declared(declaration: Declaration, depth: number): Receiver | undefined {
  if (declaration.kind === 'import') return fromExport(declaration.origin);
  if (declaration.kind === 'class') return extendedBy(declaration.node);
  if (declaration.kind !== 'variable' && declaration.kind !== 'parameter') return undefined;
  const { node, path } = declaration;
  if (path.length > 0) {
    if (!node.initializer || path.length > 1) return undefined;
    return memberOf(receiverOf(node.initializer, depth), String(path[0]));
  }
  const annotated = typed(node.type);
  if (annotated) return annotated;
  if (node.initializer) return receiverOf(node.initializer, depth);
  return declaration.kind === 'parameter' ? callbackParameter(declaration.node, depth) : undefined;
}

function typed(type: ts.TypeNode | undefined): Receiver | undefined {
  if (!type) return undefined;
  if (ts.isUnionTypeNode(type)) return type.types.map(typed).find((each) => each !== undefined);
  return ts.isTypeReferenceNode(type) ? fromExport(originOf(type.typeName)) : undefined;
}

function callbackParameter(parameter: ts.ParameterDeclaration, depth: number): Receiver | undefined {
  const callback = parameter.parent;
  const call = callback.parent as ts.Node | undefined;
  if (!call || !(ts.isCallExpression(call) || ts.isNewExpression(call)) || callback.parameters.indexOf(parameter) > 0)
    return undefined;
  const callee = bare(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (ts.isNewExpression(call)) return originOf(callee)?.module === 'typeorm' ? own(callbacks, name) : undefined;
  const receiver = ts.isPropertyAccessExpression(callee) ? receiverOf(callee.expression, depth) : undefined;
  if (receiver === 'typeorm#QueryBuilder') return receiver;
  return receiver === undefined ? undefined : own(callbacks, name);
}

/** `this.field`: by the field's annotation or initialiser, or by that of a constructor parameter which makes the field. */
function fieldOf(node: ts.PropertyAccessExpression, depth: number): Receiver | undefined {
  const declaration = fieldDeclaration(node);
  if (!declaration) return undefined;
  const injected = decoratorsOf(declaration).some((each) => /^@InjectRepository\b/.test(each.getText()));
  const known = typed(declaration.type) ?? (declaration.initializer && receiverOf(declaration.initializer, depth));
  return known ?? (injected ? 'typeorm#Repository' : undefined);
}

/** The declaration of `this.name` in the class around it. */
export function fieldDeclaration(
  node: ts.PropertyAccessExpression,
): ts.PropertyDeclaration | ts.ParameterDeclaration | undefined {
  const owner = classAround(node);
  for (const member of owner?.members ?? []) {
    if (ts.isPropertyDeclaration(member) && nameText(member.name) === node.name.text) return member;
    if (!ts.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find(
      (each) => nameText(each.name) === node.name.text && ts.isParameterPropertyDeclaration(each, member),
    );
    if (parameter) return parameter;
  }
  return undefined;
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isClassLike(at)) at = at.parent;
  return at;
}

function extended(node: ts.Node): Receiver | undefined {
  const owner = classAround(node);
  return owner && extendedBy(owner);
}

function extendedBy(owner: ts.ClassLikeDeclaration): Receiver | undefined {
  const base = owner.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return base && fromExport(originOf(base.expression));
}
