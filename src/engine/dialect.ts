import { posix } from 'node:path';
import type { Dialect } from '../ir/index.js';
import { dialectOfProvider, dialectOfSqlPath } from './dialect-names.js';
import type { ReadText } from './migration-folders.js';

/** One piece of evidence. `weight` counts among pieces of the same kind; a stated dialect beats any number of marks. */
interface Vote {
  dialect: Dialect;
  weight: number;
  kind: 'stated' | 'mark';
  /** Where it was found, in words. */
  why: string;
}

/** Drivers by the names that packages have in npm and PyPI. SQLite is often there for tests alone, so it counts less. */
const drivers: readonly [RegExp, Dialect, number][] = [
  [
    /^(?:pg|pg-promise|postgres|postgresql|psycopg|psycopg2|psycopg2-binary|psycopg-binary|asyncpg|pg8000|lib\/pq|jackc\/pgx)$/,
    'postgresql',
    3,
  ],
  [
    /^(?:mysql|mysql2|pymysql|mysqlclient|aiomysql|asyncmy|mysql-connector-python|mysql-connector-j(?:ava)?|go-sql-driver\/mysql)$/,
    'mysql',
    3,
  ],
  [/^(?:mariadb|mariadb-java-client)$/, 'mariadb', 3],
  [
    /^(?:sqlite3|better-sqlite3|aiosqlite|@libsql\/client|libsql|sqlite-jdbc|mattn\/go-sqlite3|modernc\.org\/sqlite)$/,
    'sqlite',
    1,
  ],
  [/^(?:mssql|tedious|pyodbc|pymssql|mssql-jdbc|microsoft\/go-mssqldb)$/, 'tsql', 3],
  [/^(?:oracledb|cx-oracle|ojdbc\d*)$/, 'oracle', 3],
];

function* driverVotes(names: Iterable<string>, why: string): Generator<Vote> {
  for (const name of new Set([...names].map((each) => each.toLowerCase().replaceAll('_', '-')))) {
    for (const [pattern, dialect, weight] of drivers) {
      if (pattern.test(name)) yield { dialect, weight, kind: 'stated', why: `${name} in ${why}` };
    }
  }
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

function npmPackages(text: string): string[] {
  try {
    const manifest = JSON.parse(text) as { [key: string]: unknown };
    return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.keys((manifest[key] as object | undefined) ?? {}),
    );
  } catch {
    return [];
  }
}

function* urlVotes(text: string, pattern: RegExp, why: string, weight = 5): Generator<Vote> {
  for (const name of matches(text, pattern)) {
    const dialect = dialectOfProvider(name);
    if (dialect) yield { dialect, weight, kind: 'stated', why };
  }
}

/** The lines of Cargo.toml that choose the drivers of sqlx and Diesel. */
const cargoFeatures = (text: string): string =>
  matches(text, /^[ \t]*((?:sqlx|diesel)\b[^\n]*(?:\n[ \t]+[^\n]*){0,20})/gm).join('\n');

const goDrivers =
  /\b(?:github\.com\/|modernc\.org\/)?(lib\/pq|jackc\/pgx|go-sql-driver\/mysql|mattn\/go-sqlite3|modernc\.org\/sqlite|microsoft\/go-mssqldb)\b/g;

/** Files beside the code that say which database it talks to. Texts are searched, not parsed: half a template is enough. */
const manifests: readonly [RegExp, (text: string, why: string) => Iterable<Vote>][] = [
  [/^package\.json$/, (text, why) => driverVotes(npmPackages(text), why)],
  [/^requirements[\w.-]*\.(?:txt|in)$/, (text, why) => driverVotes(matches(text, /^[ \t]*([A-Za-z][\w.-]*)/gm), why)],
  [/^(?:pyproject\.toml|Pipfile)$/, (text, why) => driverVotes(matches(text, /(?:^|[\s"'])([A-Za-z][\w-]*)/g), why)],
  [/^(?:uv|poetry|pdm)\.lock$/, (text, why) => driverVotes(matches(text, /^name = "([^"]+)"/gm), why)],
  [/^alembic\.ini$/, (text, why) => urlVotes(text, /^[ \t]*sqlalchemy\.url[ \t]*=[ \t]*([\w+]+):\/\//gm, why)],
  [/^schema\.prisma$/, (text, why) => urlVotes(text, /^[ \t]*provider\s*=\s*"([^"]+)"/gm, why)],
  [/^ormconfig\.(?:json|ya?ml)$/, (text, why) => urlVotes(text, /["']?type["']?\s*:\s*["']?([\w-]+)/g, why)],
  [/^knexfile\.[cm]?[jt]s$/, (text, why) => urlVotes(text, /\bclient:\s*['"]([\w-]+)['"]/g, why)],
  [/^drizzle\.config\.[cm]?[jt]s$/, (text, why) => urlVotes(text, /\bdialect:\s*['"](\w+)['"]/g, why)],
  [/^Cargo\.toml$/, (text, why) => urlVotes(cargoFeatures(text), /"(postgres|mysql|sqlite)"/g, why, 3)],
  [/^go\.mod$/, (text, why) => driverVotes(matches(text, goDrivers), why)],
  [
    /^(?:pom\.xml|build\.gradle(?:\.kts)?)$/,
    (text, why) =>
      driverVotes(
        matches(
          text,
          /\b(postgresql|mysql-connector-j(?:ava)?|mariadb-java-client|sqlite-jdbc|mssql-jdbc|ojdbc\d*)\b/g,
        ),
        why,
      ),
  ],
  [
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/,
    (text, why) => urlVotes(text, /^[ \t]*image:\s*["']?(?:[\w.-]+\/)*([a-z]+)[:"'\s]/gm, why, 2),
  ],
];

/** Whether a file beside the code can tell the dialect. */
const manifestOf = (path: string): (typeof manifests)[number] | undefined =>
  manifests.find(([name]) => name.test(posix.basename(path)));

/** What code says by itself: stated in a configuration of the library, or marked by syntax of one dialect. */
const codeMarks: readonly [RegExp, Dialect, Vote['kind']][] = [
  [
    /\btype:\s*['"](?:aurora-)?postgres(?:ql)?['"]|drizzle-orm\/(?:pg-core|node-postgres|postgres-js)/,
    'postgresql',
    'stated',
  ],
  [/\btype:\s*['"](?:aurora-)?mysql['"]|drizzle-orm\/mysql/, 'mysql', 'stated'],
  [/\btype:\s*['"]mariadb['"]/, 'mariadb', 'stated'],
  [/\btype:\s*['"](?:better-)?sqlite3?['"]|drizzle-orm\/(?:sqlite-core|better-sqlite3|libsql)/, 'sqlite', 'stated'],
  [/\btype:\s*['"]mssql['"]/, 'tsql', 'stated'],
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

function* markVotes(marks: readonly number[], path: string): Generator<Vote> {
  for (const mark of marks) {
    const [, dialect, kind] = codeMarks[mark]!;
    yield { dialect, weight: kind === 'stated' ? 5 : 1, kind, why: path };
  }
}

/** The dialects by what speaks for each, most first. */
function ranked(votes: readonly Vote[], kind: Vote['kind']): { dialect: Dialect; weight: number; best: Vote }[] {
  const sums = new Map<Dialect, { dialect: Dialect; weight: number; best: Vote }>();
  for (const vote of votes) {
    if (vote.kind !== kind) continue;
    const { dialect, weight } = vote;
    const sum = sums.get(dialect);
    const best = sum === undefined || weight > sum.best.weight ? vote : sum.best;
    sums.set(dialect, { dialect, weight: (sum?.weight ?? 0) + weight, best });
  }
  return [...sums.values()].sort((a, b) => b.weight - a.weight);
}

/** The one dialect that most speaks for, and why. A tie is no answer. */
function winner(votes: readonly Vote[]): { dialect: Dialect; why: string } | undefined {
  for (const kind of ['stated', 'mark'] as const) {
    const [first, second] = ranked(votes, kind);
    if (first === undefined || first.weight === second?.weight) continue;
    return { dialect: first.dialect, why: first.best.why };
  }
  return undefined;
}

const isSql = (path: string): boolean => /\.sql$/i.test(path);

/**
 * Tells the dialect of a file by evidence: the nearest folder upwards whose evidence decides, else the project as a
 * whole. `unknown` where the evidence is balanced or there is none.
 */
export class DialectEvidence {
  private readonly byFolder = new Map<string, Vote[]>();
  private readonly all: Vote[] = [];
  /** What the texts of SQL files speak for, by path. */
  private readonly texts = new Map<string, Vote[]>();
  /** What the votes for a folder, a file or a history, or `` for all of them, came to. */
  private readonly winners = new Map<string, ReturnType<typeof winner>>();

  private add(folder: string, votes: Iterable<Vote>): void {
    this.winners.clear();
    for (const vote of votes) {
      this.all.push(vote);
      const known = this.byFolder.get(folder);
      if (known) known.push(vote);
      else this.byFolder.set(folder, [vote]);
    }
  }

  /** Takes in the manifests and settings files of the project. */
  addManifests(paths: readonly string[], read: ReadText): void {
    for (const path of paths) {
      const manifest = manifestOf(path);
      const text = manifest && read(path);
      if (text !== undefined) this.add(posix.dirname(path), manifest![1](text, path));
    }
  }

  /** Takes in what the text of a file of the data layer speaks for. */
  addMarks(path: string, marks: readonly number[]): void {
    const named = isSql(path) ? dialectOfSqlPath(path) : undefined;
    const votes = [...markVotes(marks, path)];
    if (isSql(path)) this.texts.set(path, votes);
    // A file speaks once for the project, however often it shows its dialect, and not against the name that it bears.
    const heard = votes.filter(({ dialect }) => named === undefined || dialect === named);
    this.add(posix.dirname(path), new Map(heard.map((vote) => [`${vote.dialect}${vote.kind}`, vote])).values());
  }

  /**
   * The dialect that holds for a path. What the path of an SQL file names comes first, then what its own text shows, or
   * the texts of its history.
   * @param history folder of migrations that it belongs to
   */
  dialectFor(path: string, history?: string): Dialect {
    if (isSql(path)) {
      const own = dialectOfSqlPath(path) ?? this.shownBy(history === undefined ? path : `${history}/`);
      if (own !== undefined) return own;
    }
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.winnerOf(folder, () => this.statedIn(folder));
      if (found) return found.dialect;
      if (folder === '.') return this.main()?.dialect ?? 'unknown';
    }
  }

  /** The dialects that as much speaks for as for any other, where that leaves none for the project as a whole. */
  tied(): Dialect[] {
    if (this.main() !== undefined) return [];
    const stated = ranked(this.all, 'stated');
    const all = stated.length > 0 ? stated : ranked(this.all, 'mark');
    return all.filter(({ weight }) => weight === all[0]!.weight).map(({ dialect }) => dialect);
  }

  /** The dialect of the project as a whole. */
  main(): { dialect: Dialect; why: string } | undefined {
    return this.winnerOf('', () => this.all);
  }

  /** What a file, or all files below a folder, show without doubt. */
  private shownBy(path: string): Dialect | undefined {
    const found = this.winnerOf(path, () => {
      const paths = path.endsWith('/') ? [...this.texts.keys()].filter((each) => each.startsWith(path)) : [path];
      const votes = paths.flatMap((each) => this.texts.get(each) ?? []);
      const counts = new Map<Dialect, number>();
      for (const { dialect } of votes) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
      const [first = 0, second = 0] = [...counts.values()].sort((a, b) => b - a);
      return first >= 2 && first >= 2 * second ? votes : [];
    });
    return found?.dialect;
  }

  private statedIn(folder: string): Vote[] {
    return (this.byFolder.get(folder) ?? []).filter(({ kind }) => kind === 'stated');
  }

  /** Counted once for all files that ask, until there is further evidence. */
  private winnerOf(folder: string, votes: () => readonly Vote[]): ReturnType<typeof winner> {
    if (!this.winners.has(folder)) this.winners.set(folder, winner(votes()));
    return this.winners.get(folder);
  }
}
