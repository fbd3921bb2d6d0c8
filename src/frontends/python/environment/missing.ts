import type { At } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import type { Expr, Module, Stmt } from '../syntax/nodes.js';
import { nodesIn } from '../syntax/walk.js';
import { scopeOf } from '../values/scope.js';
import { scopeOfFrame } from './scopes.js';

/** Names that Python itself has, as far as code would hand them over for a function. */
const builtins = new Set([
  'str',
  'int',
  'bool',
  'list',
  'dict',
  'set',
  'tuple',
  'print',
  'len',
  'repr',
  '__file__',
  '__name__',
]);

/**
 * Whether a name stands for nothing where it is used: no statement of the file binds it, or the one function of that name
 * is defined after the code has run. Undefined where it is there, or may be.
 */
export function missingAt(expr: Expr, at: At, reading: Reading): 'nowhere' | 'later' | undefined {
  if (expr.kind !== 'Name') return undefined;
  const { interpreter, module } = reading;
  const scope = scopeOf(expr.id, scopeOfFrame(at.frame, reading));
  if (scope === undefined) {
    const isOpen = interpreter.stars.length > 0 || builtins.has(expr.id) || bindsElsewhere(expr.id, module);
    return isOpen ? undefined : 'nowhere';
  }
  const [binding, ...others] = scope.bindings.get(expr.id) ?? [];
  if (binding?.kind !== 'function' || others.length > 0) return undefined;
  const runs = scope === interpreter.scope ? lastRun(at, module) : expr.start;
  return runs !== undefined && binding.node.start > runs ? 'later' : undefined;
}

/** `global name`, `globals()[…]` and `exec` bind names in ways that scopes don't tell. */
const bindsElsewhere = (name: string, { body }: Module): boolean => {
  for (const node of nodesIn(body)) {
    if (node.kind === 'Global' || node.kind === 'OpaqueStmt' || node.kind === 'Opaque') return true;
    if (node.kind === 'Name' && /^(?:globals|exec|vars|locals)$/.test(node.id)) return true;
    if (node.kind === 'NamedExpr' && node.name === name) return true;
  }
  return false;
};

/** Where the last statement at the top of the file stands that runs code: undefined where none does. */
function lastRun({ frame, offset }: At, { body }: Module): number | undefined {
  if (frame.node === undefined && frame.className === undefined) return offset;
  const functions = new Set(body.flatMap((stmt) => (stmt.kind === 'FunctionDef' ? [stmt.name] : [])));
  return body.findLast((stmt) => runsOne(stmt, functions))?.start;
}

const definitions = /^(?:FunctionDef|ClassDef|Import|ImportFrom)$/;

function runsOne(stmt: Stmt, functions: ReadonlySet<string>): boolean {
  if (definitions.test(stmt.kind)) return false;
  for (const node of nodesIn([stmt])) if (node.kind === 'Name' && functions.has(node.id)) return true;
  return false;
}
