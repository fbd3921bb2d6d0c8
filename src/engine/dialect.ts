import { posix } from 'node:path';
import type { Dialect } from '../ir/index.js';
import { dialectOfProvider } from './dialect-names.js';
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
  [/^(?:pg|pg-promise|postgres|psycopg|psycopg2|psycopg2-binary|psycopg-binary|asyncpg|pg8000)$/, 'postgresql', 3],
  [/^(?:mysql|mysql2|pymysql|mysqlclient|aiomysql|asyncmy|mysql-connector-python)$/, 'mysql', 3],
  [/^mariadb$/, 'mariadb', 3],
  [/^(?:sqlite3|better-sqlite3|aiosqlite|@libsql\/client|libsql)$/, 'sqlite', 1],
  [/^(?:mssql|tedious|pyodbc|pymssql)$/, 'tsql', 3],
  [/^(?:oracledb|cx-oracle)$/, 'oracle', 3],
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

/** Files beside the code that say which database it talks to. Texts are searched, not parsed: half a template is enough. */
const manifests: readonly [RegExp, (text: string, why: string) => Iterable<Vote>][] = [
  [/^package\.json$/, (text, why) => driverVotes(npmPackages(text), why)],
  [/^requirements[\w.-]*\.(?:txt|in)$/, (text, why) => driverVotes(matches(text, /^[ \t]*([A-Za-z][\w.-]*)/gm), why)],
  [/^(?:pyproject\.toml|Pipfile)$/, (text, why) => driverVotes(matches(text, /(?:^|[\s"'])([A-Za-z][\w-]*)/g), why)],
  [/^(?:uv|poetry|pdm)\.lock$/, (text, why) => driverVotes(matches(text, /^name = "([^"]+)"/gm), why)],
  [/^alembic\.ini$/, (text, why) => urlVotes(text, /^[ \t]*sqlalchemy\.url[ \t]*=[ \t]*([\w+]+):\/\//gm, why)],
  [/^schema\.prisma$/, (text, why) => urlVotes(text, /^[ \t]*provider\s*=\s*"([^"]+)"/gm, why)],
  [/^ormconfig\.(?:json|ya?ml)$/, (text, why) => urlVotes(text, /["']?type["']?\s*:\s*["']?([\w-]+)/g, why)],
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
    /\bCONCURRENTLY\b|\bJSONB\b|\b(?:BIG|SMALL)?SERIAL\b(?!\s+DEFAULT)|\bTIMESTAMPTZ\b|\$[A-Za-z_]*\$|\bplpgsql\b|::\s*(?:text|int|uuid|jsonb?|regclass|varchar|character|timestamp)|\bCREATE EXTENSION\b|\bpg_catalog\b|"public"\.|\bALTER COLUMN \S+ (?:SET|DROP) NOT NULL\b|\bNOT VALID\b|\buuid_generate_v4\b/i,
    'postgresql',
    'mark',
  ],
  [
    /\bENGINE\s*=\s*\w+|\bAUTO_INCREMENT\b|\bUNSIGNED\b|^[ \t]*DELIMITER\s+\S+|\bCHARACTER SET\b|\bMODIFY (?:COLUMN )?`|CREATE TABLE `/im,
    'mysql',
    'mark',
  ],
  [/\bPRAGMA\s+\w+|\bAUTOINCREMENT\b|\bWITHOUT ROWID\b/i, 'sqlite', 'mark'],
  [/^[ \t]*GO[ \t]*$|\bNVARCHAR\s*\(|\bIDENTITY\s*\(\s*\d|\[dbo\]|\bdbo\.|\bsp_rename\b/im, 'tsql', 'mark'],
];

/** A dump shows its dialect in its first lines; the rest is data. */
const enough = 200_000;

/** The dialects that the text of one file speaks for, as numbers that only this module understands. */
export function marksOf(text: string): number[] {
  const head = text.slice(0, enough);
  return codeMarks.flatMap(([pattern], index) => (pattern.test(head) ? [index] : []));
}

function* markVotes(marks: readonly number[], path: string): Generator<Vote> {
  for (const mark of marks) {
    const [, dialect, kind] = codeMarks[mark]!;
    yield { dialect, weight: kind === 'stated' ? 5 : 1, kind, why: path };
  }
}

/** The one dialect that most speaks for, and why. A tie is no answer. */
function winner(votes: readonly Vote[]): { dialect: Dialect; why: string } | undefined {
  for (const kind of ['stated', 'mark'] as const) {
    const sums = new Map<Dialect, { weight: number; best: Vote }>();
    for (const vote of votes.filter((each) => each.kind === kind)) {
      const sum = sums.get(vote.dialect);
      const best = sum === undefined || vote.weight > sum.best.weight ? vote : sum.best;
      sums.set(vote.dialect, { weight: (sum?.weight ?? 0) + vote.weight, best });
    }
    const ranked = [...sums].sort(([, a], [, b]) => b.weight - a.weight);
    const [first, second] = ranked;
    if (first === undefined || first[1].weight === second?.[1].weight) continue;
    return { dialect: first[0], why: first[1].best.why };
  }
  return undefined;
}

/**
 * Tells the dialect of a file by evidence: the nearest folder upwards whose evidence decides, else the project as a
 * whole. `unknown` where the evidence is balanced or there is none.
 */
export class DialectEvidence {
  private readonly byFolder = new Map<string, Vote[]>();
  private readonly all: Vote[] = [];
  /** What the votes for a folder, or `` for all of them, came to. */
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
    this.add(posix.dirname(path), markVotes(marks, path));
  }

  /** The dialect that holds for a path. */
  dialectFor(path: string): Dialect {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.winnerOf(folder, () => this.statedIn(folder));
      if (found) return found.dialect;
      if (folder === '.') return this.main()?.dialect ?? 'unknown';
    }
  }

  /** The dialect of the project as a whole. */
  main(): { dialect: Dialect; why: string } | undefined {
    return this.winnerOf('', () => this.all);
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
