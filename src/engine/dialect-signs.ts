import type { Dialect } from '../ir/index.js';
import type { Vote } from './dialect-votes.js';

/** What code says by itself: stated in a configuration of the library, or marked by syntax of one dialect. */
const codeMarks: readonly [RegExp, Dialect, Vote['kind']][] = [
  [
    /\btype:\s*['"](?:aurora-)?postgres(?:ql)?['"]|drizzle-orm\/(?:pg-core|node-postgres|postgres-js)|@mikro-orm\/postgresql\b/,
    'postgresql',
    'stated',
  ],
  [/\btype:\s*['"](?:aurora-)?mysql['"]|drizzle-orm\/mysql|@mikro-orm\/mysql\b/, 'mysql', 'stated'],
  [/\btype:\s*['"]mariadb['"]|@mikro-orm\/mariadb\b/, 'mariadb', 'stated'],
  [
    /\btype:\s*['"](?:better-)?sqlite3?['"]|drizzle-orm\/(?:sqlite-core|better-sqlite3|libsql)|@mikro-orm\/(?:better-)?sqlite\b/,
    'sqlite',
    'stated',
  ],
  [/\btype:\s*['"]mssql['"]|@mikro-orm\/mssql\b/, 'tsql', 'stated'],
  [/\btype:\s*['"]cockroachdb['"]/, 'cockroachdb', 'stated'],
  [
    /sqlalchemy\.dialects(?:\.| import )postgresql|\bpostgresql_\w+\s*=|postgres(?:ql)?(?:\+\w+)?:\/\//,
    'postgresql',
    'mark',
  ],
  [/sqlalchemy\.dialects(?:\.| import )mysql|\bmysql_\w+\s*=|mysql(?:\+\w+)?:\/\//, 'mysql', 'mark'],
  [/sqlalchemy\.dialects(?:\.| import )sqlite|\bsqlite_\w+\s*=|sqlite(?:\+\w+)?:\/\//, 'sqlite', 'mark'],
  [
    /\bCONCURRENTLY\b|\bJSONB\b|\b(?:BIG|SMALL)?SERIAL\b(?!\s+DEFAULT)|\bTIMESTAMPTZ\b|\$\w*\$|\bplpgsql\b|::\s*"?[a-z]\w+|\bCREATE EXTENSION\b|\bpg_catalog\b|"public"\.|\bALTER COLUMN \S+ (?:SET|DROP) NOT NULL\b|\bNOT VALID\b|\buuid_generate_v4\b|\bgen_random_uuid\b|\bto_tsvector\b|\bnextval\s*\(|^\\(?:c|connect|i|ir|set|echo)\b|\bPostgreSQL database dump\b/im,
    'postgresql',
    'mark',
  ],
  [
    /\bENGINE\s*=\s*'?(?:InnoDB|MyISAM|MEMORY|Aria|ARCHIVE|NDB\w*)\b|\bAUTO_INCREMENT\b|\bint(?:\(\d+\))? UNSIGNED\b|^[ \t]*DELIMITER\s+\S+|\bCHARACTER SET\b|\butf8mb4\b|\bMODIFY (?:COLUMN )?`|(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?`|\/\*!\d|\bINSERT INTO `\w|\bSET NAMES\b|\bDATETIME\s*\(\s*6\s*\)|\bTINYINT\s*\(|\bLONGTEXT\b|\bMySQL dump\b/im,
    'mysql',
    'mark',
  ],
  [/\bPRAGMA\s+\w+|\bAUTOINCREMENT\b|\bWITHOUT ROWID\b|\bsqlite_\w+/i, 'sqlite', 'mark'],
  [
    /^[ \t]*GO[ \t]*;?\r?$|\bNVARCHAR\s*\(|\bIDENTITY\s*\(\s*\d|\[dbo\]|\bdbo\.|\bsp_rename\b|\bSET NOCOUNT\b|\bsysobjects\b|\bsys\.(?:tables|objects|columns|indexes|schemas)\b|\bDATETIME2\b|\bUNIQUEIDENTIFIER\b|(?<=[(,=\s])N'[^']*'|\bCREATE TABLE \[|\bGETDATE\s*\(|\bOBJECT_ID\s*\(|^[ \t]*PRINT\s+'/im,
    'tsql',
    'mark',
  ],
  [
    /\bVARCHAR2\b|\bNUMBER\s*\(\s*\d+|\bSYSDATE\b|\.NEXTVAL\b|\bFROM DUAL\b|\bNUMBER\s+(?:NOT NULL|GENERATED)|\bEXECUTE IMMEDIATE '/i,
    'oracle',
    'mark',
  ],
];

/** A dump shows its dialect in its first lines; the rest is data. */
const enough = 200_000;

/** One kind of sign counts so often in a file at most. */
const countedSigns = 4;

/** The dialects that the text of one file speaks for, as numbers that only this module understands. */
export function marksOf(text: string): number[] {
  const head = text.slice(0, enough);
  return codeMarks.flatMap(([pattern, , kind], index) => {
    if (kind === 'stated') return pattern.test(head) ? [index] : [];
    const signs = new RegExp(pattern, `g${pattern.flags}`);
    let count = 0;
    while (count < countedSigns && signs.test(head)) count++;
    return Array<number>(count).fill(index);
  });
}

/** The marks of a file as votes. */
export function* markVotes(marks: readonly number[], path: string): Generator<Vote> {
  for (const mark of marks) {
    const [, dialect, kind] = codeMarks[mark]!;
    yield { dialect, weight: kind === 'stated' ? 5 : 1, kind, why: path };
  }
}
