import { ts } from 'ts-morph';
import type { Guard } from '../../../ir/index.js';
import { chainOf } from '../chains.js';
import { guardOf as dialectGuardOf } from '../knex/guards.js';
import { spanOf, visit } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate, type Scope } from '../values/evaluate.js';
import { isAnswer, roleOf } from './handles.js';

const questions = /^(?:tableExists|describeTable|showAllTables|showIndex|showConstraint|showAllSchemas|getForeignKey)/;

/** What a condition asks: whether an object is there, which database it is, or something else. */
export function guardOf(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
  if (asksExistence(condition, scope, 0)) return { kind: 'existence', span: spanOf(condition) };
  return dialectGuardOf(condition, scope, holds);
}

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
