import type { At } from '../injection/frames.js';
import type { Expr, Of, Stmt } from '../syntax/nodes.js';
import { isName, statementsAround, statementsIn } from './walk.js';

/** Whether the code looks at a name before it uses it: it stops where the name holds nothing, or runs only where it does. */
export function isChecked(use: Of<'Name'>, body: readonly Stmt[], at: At): boolean {
  const before = { start: Math.min(at.offset, use.start), end: use.end };
  const around = statementsAround(body, use);
  if (around.some((stmt) => stmt.kind === 'If' && (isPresent(stmt.test, use.id) || isMissing(stmt.test, use.id))))
    return true;
  for (const stmt of statementsIn(body)) {
    if (stmt.start >= before.end) continue;
    if (stmt.kind === 'Assert' && isPresent(stmt.test, use.id)) return true;
    if (stmt.kind === 'If' && isMissing(stmt.test, use.id) && stops(stmt.body)) return true;
  }
  return false;
}

/** `url`, `url is not None`, `url and …`. */
function isPresent(test: Expr, name: string): boolean {
  if (isName(test, name)) return true;
  if (test.kind === 'BoolOp' && test.op === 'and') return isPresent(test.left, name) || isPresent(test.right, name);
  return test.kind === 'Compare' && isName(test.left, name) && /^(?:is not|!=)$/.test(test.ops[0] ?? '');
}

/** `not url`, `url is None`, `url == ""`, `not url or …`. */
function isMissing(test: Expr, name: string): boolean {
  if (test.kind === 'UnaryOp' && test.op === 'not') return isName(test.operand, name);
  if (test.kind === 'BoolOp' && test.op === 'or') return isMissing(test.left, name) || isMissing(test.right, name);
  return test.kind === 'Compare' && isName(test.left, name) && /^(?:is|==)$/.test(test.ops[0] ?? '');
}

/** Whether a block leaves: it raises, returns, or calls something like `sys.exit()`. */
function stops(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  if (last?.kind === 'Raise' || last?.kind === 'Return' || last?.kind === 'Continue') return true;
  if (last?.kind !== 'ExprStmt' || last.value.kind !== 'Call') return false;
  const { func } = last.value;
  return /^(?:_?exit|quit|abort|fail|die|error)$/.test(
    func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '',
  );
}
