import { ts } from 'ts-morph';
import { bare } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';

/** Libraries that describe values for the program alone: no table, column or statement is made from what they give. */
const validators =
  /^(?:zod|valibot|yup|joi|arktype|superstruct|@sinclair\/typebox|drizzle-(?:zod|valibot|typebox|arktype))(?:$|\/)/;

const maxSteps = 200;

/** Whether an expression is made by a validator, seen by the name that its chain of calls begins with. Most of what it holds is never asked for. */
export function isForProgramAlone(expression: ts.Expression): boolean {
  let node = bare(expression);
  for (let step = 0; step < maxSteps; step++) {
    if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) {
      node = bare(node.expression);
      continue;
    }
    const found = ts.isIdentifier(node) ? declarationOf(node.text, node) : undefined;
    if (found?.kind === 'import') {
      const { module, name } = found.origin;
      return validators.test(module) || (module === 'drizzle-orm' && /^(?:relations|defineRelations)$/.test(name));
    }
    if (found?.kind !== 'variable' || !found.constant || found.path.length > 0 || !found.node.initializer) return false;
    node = bare(found.node.initializer);
  }
  return false;
}
