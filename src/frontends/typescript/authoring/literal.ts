/** SQL text as a string literal, in the quotes that need the fewest escapes. */
export function sqlLiteral(sql: string): string {
  if (!/['\\\r\n]/.test(sql)) return `'${sql}'`;
  return `\`${sql.replace(/[\\`]|\$\{/g, '\\$&')}\``;
}
