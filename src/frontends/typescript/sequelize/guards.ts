import { ts } from 'ts-morph';
import type { Dialect, Guard } from '../../../ir/index.js';
import { chainOf } from '../chains.js';
import { guardOf as dialectGuardOf } from '../knex/guards.js';
import { bare, spanOf, visit } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { isAnswer, roleOf } from './handles.js';

const questions = /^(?:tableExists|describeTable|showAllTables|showIndex|showConstraint|showAllSchemas|getForeignKey)/;

/** What a condition asks: whether an object is there, which database it is, or something else. */
export function guardOf(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
  const span = spanOf(condition);
  if (asksExistence(condition, scope, 0)) return { kind: 'existence', span };
  const asked = askedDialects(condition, holds);
  return asked ? { kind: 'dialect', ...asked, span } : dialectGuardOf(condition, scope, holds);
}

/** `isSQLite(queryInterface.sequelize)`: what the helper asks is in its name. */
function askedDialects(condition: ts.Expression, holds: boolean): { dialects: Dialect[] } | undefined {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return askedDialects(node.operand, !holds);
  const callee = ts.isCallExpression(node) ? bare(node.expression) : undefined;
  const name = callee && (ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
  const asked = /^is_?(sqlite|postgres(?:ql)?|mysql|mariadb|mssql)$/i.exec(name ?? '')?.[1]?.toLowerCase();
  const dialects = asked === undefined ? undefined : helpers[asked];
  return dialects && { dialects: holds ? dialects : all.filter((each) => !dialects.includes(each)) };
}

const all: readonly Dialect[] = ['postgresql', 'cockroachdb', 'mysql', 'mariadb', 'sqlite', 'tsql', 'oracle'];

const helpers: { readonly [name: string]: Dialect[] } = {
  sqlite: ['sqlite'],
  postgres: ['postgresql'],
  postgresql: ['postgresql'],
  mysql: ['mysql', 'mariadb'],
  mariadb: ['mariadb'],
  mssql: ['tsql'],
};

/** `await queryInterface.tableExists('t')`, the constant that holds what it said, or the parameter of the `then` behind it. */
function asksExistence(root: ts.Node, scope: Scope, depth: number): boolean {
  let found = false;
  visit(root, (node) => {
    if (found) return false;
    if (ts.isCallExpression(node)) {
      const { root: begin, links } = chainOf(node);
      found = roleOf(evaluate(begin, scope)) !== undefined && links.some(({ name }) => questions.test(name ?? ''));
    } else if (ts.isIdentifier(node)) {
      const declaration = declarationOf(node.text, node);
      if (declaration?.kind === 'parameter') found = isAnswer(evaluate(node, scope));
      else if (declaration?.kind === 'variable' && declaration.node.initializer && depth < 3)
        found = asksExistence(declaration.node.initializer, scope, depth + 1);
    }
    return !ts.isFunctionLike(node);
  });
  return found;
}

export const asks = (method: string): boolean => questions.test(method);
