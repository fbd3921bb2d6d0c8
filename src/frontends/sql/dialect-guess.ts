import type { Dialect } from '../../ir/index.js';

/** Text that one dialect alone uses, or nearly so. */
const signs: readonly (readonly [Dialect, RegExp])[] = [
  [
    'postgresql',
    /\$\w*\$|::\s*"?[a-z]|\b(?:big)?serial\b|\bjsonb\b|\btimestamptz\b|\bplpgsql\b|\bcreate\s+extension\b|\bconcurrently\b|^\\(?:c|connect|i|set|echo)\b|\bto_tsvector\b|\bpg_catalog\b/gim,
  ],
  ['mysql', /`\w|\bengine\s*=|\bauto_increment\b|^delimiter\s|\/\*!\d|\bunsigned\b|\butf8mb4\b|\bset\s+names\b/gim],
  ['sqlite', /\bautoincrement\b|^[ \t]*pragma\s|\bwithout\s+rowid\b|\bsqlite_/gim],
  [
    'tsql',
    /^[ \t]*go[ \t]*$|\[dbo\]|\bnvarchar\b|\bidentity\s*\(\s*\d|\bset\s+nocount\b|\bsysobjects\b|\bsys\.\w+\b|\bdatetime2\b|\buniqueidentifier\b/gim,
  ],
];

/** Only so much of a file is looked at. */
const SAMPLE = 65_536;

/** The dialect that a text speaks, by signs that others do not use; `unknown` without signs or on a tie. */
export function guessDialect(text: string): Dialect {
  const sample = text.slice(0, SAMPLE);
  const scores = signs.map(([dialect, sign]) => ({ dialect, score: sample.match(sign)?.length ?? 0 }));
  scores.sort((a, b) => b.score - a.score);
  const [first, second] = scores;
  return first!.score > second!.score ? first!.dialect : 'unknown';
}
