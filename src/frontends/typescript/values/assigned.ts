import { ts } from 'ts-morph';

/**
 * What was last put into a variable before it is used, where the order of the statements alone tells: neither in a loop
 * nor in another function than its declaration, and with no assignment under a condition in between.
 */
export function lastAssigned(
  declaration: ts.VariableDeclaration,
  assignments: readonly ts.BinaryExpression[],
  use: ts.Identifier,
): ts.Expression | undefined {
  const declaring = declaration.parent.parent;
  if (assignments.some((each) => functionAround(each) !== functionAround(declaration))) return undefined;
  const within = (node: ts.Node, each: ts.Node): boolean => node.pos <= each.pos && each.end <= node.end;
  for (let at: ts.Node = use; at !== declaring && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isFunctionLike(parent) || ts.isClassLike(parent)) return undefined;
    const repeats = ts.isIterationStatement(parent, false);
    if (repeats && assignments.some((each) => within(parent, each))) return undefined;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) continue;
    const statements: readonly ts.Statement[] = parent.statements;
    for (let index = statements.indexOf(at as ts.Statement) - 1; index >= 0; index--) {
      const statement = statements[index]!;
      if (statement === declaring) return declaration.initializer;
      if (!assignments.some((each) => within(statement, each))) continue;
      const direct = ts.isExpressionStatement(statement)
        ? assignments.find((each) => each === statement.expression)
        : undefined;
      return direct?.right;
    }
    // Another clause may run before.
    if (ts.isCaseOrDefaultClause(parent) && assignments.some((each) => within(parent.parent, each))) return undefined;
  }
  return undefined;
}

function functionAround(node: ts.Node): ts.Node | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}
