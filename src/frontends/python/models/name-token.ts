import type { Expr, Of, StmtOf } from '../syntax/nodes.js';

/**
 * What a token function of a naming convention puts between the names of the constraint's columns, where that is all
 * that it does: `lambda constraint, table: "_".join(column.name for column in constraint.columns)`, as an expression or
 * through variables of the function. Undefined for any other: what that gives is not known.
 */
export function joinedBy(node: StmtOf<'FunctionDef'> | Of<'Lambda'>): string | undefined {
  const locals = new Map<string, Expr>();
  const resolved = (expr: Expr | undefined): Expr | undefined =>
    expr?.kind === 'Name' ? (locals.get(expr.id) ?? expr) : expr;
  let returned: Expr | undefined;
  if (node.kind === 'Lambda') returned = node.body;
  else {
    for (const [at, stmt] of node.body.entries()) {
      const [target] = stmt.kind === 'Assign' ? stmt.targets : [];
      if (stmt.kind === 'Assign' && stmt.targets.length === 1 && target?.kind === 'Name' && !locals.has(target.id))
        locals.set(target.id, stmt.value);
      else if (stmt.kind === 'Return' && at === node.body.length - 1) returned = stmt.value;
      else if (!(stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str')) return undefined;
    }
  }
  const [constraint] = node.params;
  const call = resolved(returned);
  if (constraint === undefined || call?.kind !== 'Call' || call.func.kind !== 'Attribute' || call.func.attr !== 'join')
    return undefined;
  const separator = resolved(call.func.value);
  const names = resolved(call.args[0]);
  if (separator?.kind !== 'Str' || call.args.length !== 1 || names?.kind !== 'Comp') return undefined;
  const [clause, ...others] = names.clauses;
  if (clause === undefined || others.length > 0 || !('iter' in clause) || clause.target.kind !== 'Name')
    return undefined;
  const { element } = names;
  const isName =
    (names.form === 'list' || names.form === 'generator') &&
    element.kind === 'Attribute' &&
    element.attr === 'name' &&
    element.value.kind === 'Name' &&
    element.value.id === clause.target.id;
  return isName && isColumnsOf(resolved(clause.iter), constraint.name, resolved) ? separator.value : undefined;
}

/** `constraint.columns`, `constraint.columns.values()`, and either as a list. */
function isColumnsOf(
  expr: Expr | undefined,
  constraint: string,
  resolved: (expr: Expr | undefined) => Expr | undefined,
): boolean {
  if (expr?.kind === 'Call') {
    const { func, args, keywords } = expr;
    if (func.kind === 'Name' && (func.id === 'list' || func.id === 'tuple') && args.length === 1)
      return isColumnsOf(resolved(args[0]), constraint, resolved);
    return func.kind === 'Attribute' && func.attr === 'values' && args.length + keywords.length === 0
      ? isColumnsOf(func.value, constraint, resolved)
      : false;
  }
  return (
    expr?.kind === 'Attribute' && expr.attr === 'columns' && expr.value.kind === 'Name' && expr.value.id === constraint
  );
}
