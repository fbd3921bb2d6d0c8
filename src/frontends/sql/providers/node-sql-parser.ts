import { bounded } from './bounded.js';
import type { Provider, Verdict } from './provider.js';

/** One build each: the package's root would load all of them. */
const builds = {
  mysql: () => import('node-sql-parser/build/mysql.js'),
  mariadb: () => import('node-sql-parser/build/mariadb.js'),
  sqlite: () => import('node-sql-parser/build/sqlite.js'),
  tsql: () => import('node-sql-parser/build/transactsql.js'),
};

/** The names that the parser knows the builds by. */
const databases = { mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite', tsql: 'transactsql' };

type Build = keyof typeof builds;

const buildsOf: Readonly<Record<Build, readonly Build[]>> = {
  mysql: ['mysql', 'mariadb'],
  mariadb: ['mariadb', 'mysql'],
  sqlite: ['sqlite'],
  tsql: ['tsql'],
};

const overtime = 'The parser takes too long over this statement, so it is not checked.';

/** How long one statement may take, in milliseconds: of some that nest a few levels the parser tries all readings. */
const BOUND = 2000;

/**
 * A parser for the dialects that have none of their own here. It refuses many statements that are valid (5 to 50 of
 * 100, by dialect), so its refusals say nothing.
 */
export async function nodeSqlProvider(dialect: Build): Promise<Provider> {
  const parsers = await Promise.all(buildsOf[dialect].map(loadBuild));
  const within = bounded(BOUND);
  return {
    takesUnbalanced: false,
    read: (texts) =>
      within(texts, (text) => parsers.some((accepts) => accepts(text))).map((outcome): Verdict =>
        outcome === 'overtime' ? { accepted: false, gaveUp: overtime } : { accepted: outcome.value === true },
      ),
  };
}

async function loadBuild(build: Build): Promise<(text: string) => boolean> {
  const loaded = await builds[build]();
  const { Parser } = 'default' in loaded ? (loaded.default as typeof loaded) : loaded;
  const options = { database: databases[build] };
  return (text) => {
    try {
      // One parser each: nothing of a statement that was stopped is left in it.
      new Parser().astify(text, options);
      return true;
    } catch {
      return false;
    }
  };
}
