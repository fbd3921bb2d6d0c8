/** Names as a sentence lists them: `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 4): string {
  const left = names.length - most;
  const shown = left > 1 ? [...names.slice(0, most), `${String(left)} more`] : names;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((part) => part !== '').join(' and ');
}
