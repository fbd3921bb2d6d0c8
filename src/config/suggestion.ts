/** Edit distance in which a swap of neighbours counts once. Words here are short: names of rules, keys and options. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      }
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** A word cut short or drawn out counts as two slips at most: `postgres`, `warning`. */
const away = (a: string, b: string): number =>
  Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))
    ? Math.min(2, distance(a, b))
    : distance(a, b);

/** The known word that an unknown one was probably meant to be; a rule may be named without its family. */
function closest(word: string, known: Iterable<string>): string | undefined {
  const written = word.slice(0, 80).toLowerCase();
  let best: { name: string; slips: number } | undefined;
  for (const name of known) {
    const plain = name.toLowerCase();
    const bare = written.includes('/') ? plain : plain.slice(plain.indexOf('/') + 1);
    const slips = Math.min(away(written, plain), away(written, bare));
    if (slips <= Math.max(1, Math.floor(written.length / 3)) && (best === undefined || slips < best.slips)) {
      best = { name, slips };
    }
  }
  return best?.name;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const name = closest(word, known);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}
