/** Names of the functions that an expression calls, in lower case, without their schemas. */
export function calledFunctions(expression: string): string[] {
  const bare = expression.replace(/'(?:[^']|'')*'/g, "''");
  return [...bare.matchAll(/([a-z_][\w$]*)"?\s*\(/gi)].map(([, name]) => name!.toLowerCase());
}

/** The function that an expression is a call of and nothing else, with plain values as arguments. */
export function onlyCall(expression: string): string | undefined {
  const bare = expression.trim().replace(/'(?:[^']|'')*'/g, '0');
  return /^(?:"?\w+"?\.)?"?([a-z_][\w$]*)"?\s*\([\w\s,.+-]*\)$/i.exec(bare)?.[1];
}
