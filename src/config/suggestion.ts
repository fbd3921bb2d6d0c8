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

/** The known word that an unknown one was probably meant to be; a rule may be named without its family. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  const written = word.slice(0, 80).toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const plain = name.toLowerCase();
    const bare = written.includes('/') ? plain : plain.slice(plain.indexOf('/') + 1);
    const away = Math.min(distance(written, plain), distance(written, bare));
    if (away <= Math.max(2, Math.floor(written.length / 3)) && (best === undefined || away < best.distance)) {
      best = { name, distance: away };
    }
  }
  return best?.name;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const name = closest(word, known);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}
