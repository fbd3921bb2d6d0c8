import { ts } from 'ts-morph';
import type { Dialect, Guard } from '../../../ir/index.js';
import { chainOf } from '../chains.js';
import { bare, nameText, spanOf, visit } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { pathOn } from './values.js';

/** Knex's clients, and what projects call the databases. */
const clients: { readonly [name: string]: Dialect[] } = {
  pg: ['postgresql'],
  postgres: ['postgresql'],
  postgresql: ['postgresql'],
  pgnative: ['postgresql'],
  cockroachdb: ['cockroachdb'],
  redshift: [],
  mysql: ['mysql', 'mariadb'],
  mysql2: ['mysql', 'mariadb'],
  mariadb: ['mariadb'],
  sqlite: ['sqlite'],
  sqlite3: ['sqlite'],
  'better-sqlite3': ['sqlite'],
  mssql: ['tsql'],
  tedious: ['tsql'],
  oracledb: ['oracle'],
};

const dialects: Dialect[] = ['postgresql', 'cockroachdb', 'mysql', 'mariadb', 'sqlite', 'tsql', 'oracle'];

/** What a condition asks: whether a table or column is there, which database it is, or something else. */
export function guardOf(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
  const span = spanOf(condition);
  if (asksExistence(condition, scope, 0)) return { kind: 'existence', span };
  const named = dialectsOf(condition, 0);
  if (!named) return { kind: 'unknown', span };
  return { kind: 'dialect', dialects: holds ? named : dialects.filter((each) => !named.includes(each)), span };
}

/** `case 'mysql': case 'mariadb':` */
export function caseGuardOf(subject: ts.Expression, labels: readonly ts.Expression[]): Guard | undefined {
  const named = labels.map(clientOf);
  if (named.length === 0 || !named.every((each) => each !== undefined)) return undefined;
  return { kind: 'dialect', dialects: [...new Set(named.flat())], span: spanOf(subject) };
}

/** `await knex.schema.hasTable('t')`, the constant that holds it, or the parameter of the `then` behind it. */
function asksExistence(root: ts.Node, scope: Scope, depth: number): boolean {
  let found = false;
  visit(root, (node) => {
    if (found) return false;
    if (ts.isCallExpression(node)) {
      const { root: begin, links } = chainOf(node);
      const path = pathOn(evaluate(begin, scope), 'instance');
      found = path !== undefined && links.some(({ name }) => name === 'hasTable' || name === 'hasColumn');
    } else if (ts.isIdentifier(node)) {
      const declaration = declarationOf(node.text, node);
      if (declaration?.kind === 'parameter') found = pathOn(evaluate(node, scope), 'answer') !== undefined;
      else if (declaration?.kind === 'variable' && declaration.node.initializer && depth < 3)
        found = asksExistence(declaration.node.initializer, scope, depth + 1);
    }
    return !ts.isFunctionLike(node);
  });
  return found;
}

/** The databases that a condition holds for; nothing where it says something else or more. */
function dialectsOf(root: ts.Expression, depth: number): Dialect[] | undefined {
  const node = bare(root);
  if (depth > 6) return undefined;
  const inner = (each: ts.Expression): Dialect[] | undefined => dialectsOf(each, depth + 1);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return without(inner(node.operand));
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [node.left, node.right];
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.EqualsEqualsToken:
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
        return clientOf(left) ?? clientOf(right);
      case ts.SyntaxKind.ExclamationEqualsToken:
      case ts.SyntaxKind.ExclamationEqualsEqualsToken:
        return without(clientOf(left) ?? clientOf(right));
      case ts.SyntaxKind.BarBarToken: {
        const [one, other] = [inner(left), inner(right)];
        return one && other && [...new Set([...one, ...other])];
      }
      default:
        return undefined;
    }
  }
  // `url.startsWith('postgres')`
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'startsWith' &&
    node.arguments[0]
  )
    return clientOf(node.arguments[0]);
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'includes'
  ) {
    const list = bare(node.expression.expression);
    const found = ts.isArrayLiteralExpression(list) ? list.elements.map(clientOf) : [];
    return found.length > 0 && found.every((each) => each !== undefined) ? found.flat() : undefined;
  }
  const value = behind(node);
  return value && inner(value);
}

const without = (some: Dialect[] | undefined): Dialect[] | undefined =>
  some && dialects.filter((each) => !some.includes(each));

function clientOf(node: ts.Expression): Dialect[] | undefined {
  const inner = bare(node);
  if (!ts.isStringLiteralLike(inner)) return undefined;
  const name = inner.text.toLowerCase();
  return Object.hasOwn(clients, name) ? clients[name] : undefined;
}

/** The value of a constant, or of a property of one that holds an object literal. */
function behind(node: ts.Expression): ts.Expression | undefined {
  const owner = ts.isPropertyAccessExpression(node) ? bare(node.expression) : node;
  if (!ts.isIdentifier(owner)) return undefined;
  const declaration = declarationOf(owner.text, owner);
  if (declaration?.kind !== 'variable' || !declaration.node.initializer || declaration.path.length > 0)
    return undefined;
  if (!ts.isPropertyAccessExpression(node)) return declaration.node.initializer;
  const object = bare(declaration.node.initializer);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  const property = object.properties.find((each) => each.name && nameText(each.name) === node.name.text);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
