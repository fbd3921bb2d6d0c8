import { posix } from 'node:path';
import type { Dialect } from '../ir/index.js';
import { dialectOfProvider } from './dialect-names.js';
import type { Vote } from './dialect-votes.js';
import type { ReadText } from './project-folders.js';

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
  [/\.prisma$/, (text, why) => urlVotes(text, /^[ \t]*provider\s*=\s*"([^"]+)"/gm, why)],
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

/** What a file beside the code says; nothing where it is of a kind that says nothing. */
export function manifestVotes(path: string, read: ReadText): Iterable<Vote> | undefined {
  const manifest = manifests.find(([name]) => name.test(posix.basename(path)));
  const text = manifest && read(path);
  return text === undefined ? undefined : manifest![1](text, path);
}
