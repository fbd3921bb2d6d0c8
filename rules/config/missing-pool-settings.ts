import type { Engine } from '../../src/ir/index.js';
import { applicationEngines, headOf, isForDevelopment } from '../../src/queries/engines.js';
import { defineRule, strings } from '../../src/rule.js';

/** Pools that keep no connection, or only one of a database in memory. */
const poolless = new Set(['NullPool', 'StaticPool', 'SingletonThreadPool', 'AssertionPool']);

/** Whether an engine keeps connections to a server, as far as is known. */
function keepsConnections({ url, options, place, open }: Engine): boolean {
  if (open || place.in === 'main' || place.once === 'script' || place.once === 'command') return false;
  if (url?.parts?.driver?.startsWith('sqlite')) return false;
  return !options.some(
    ({ name, known }) =>
      ((name === 'poolclass' || name === 'pool') && (known === undefined || poolless.has(String(known)))) ||
      name === 'check_same_thread',
  );
}

/** The options by which the libraries of TypeScript limit the pool, and the one that holds them. */
const limits: { [library: string]: { of: RegExp; within: string } } = {
  typeorm: { of: /^(?:extra\.(?:max|connectionLimit)|poolSize)$/, within: 'extra' },
  sequelize: { of: /^pool\.max$/, within: 'pool' },
  knex: { of: /^pool\.max$/, within: 'pool' },
};
const servers = /^(?:postgres|postgresql|pg|cockroachdb|mysql2?|mariadb|mssql)$/;

/** Whether an engine leaves the size of its pool to the library or its driver, as far as is known. */
function isUnlimited({ library, options, url }: Engine): boolean {
  const limit = limits[library];
  if (!limit || !servers.test(url?.parts?.driver ?? '')) return false;
  const { of, within } = limit;
  if (options.some(({ name }) => of.test(name))) return false;
  // What is handed over as a whole may hold it.
  return !options.some(({ name }) => name === within) || options.some(({ name }) => name.startsWith(`${within}.`));
}

/** How the option is called that limits the pool, and how many connections there are without it. */
function limitOf({ library, url }: Engine): { missing: string; usual: string } {
  if (library === 'sequelize') return { missing: 'pool.max', usual: '5' };
  if (library === 'knex') return { missing: 'pool.max', usual: '10' };
  return { missing: url?.parts?.driver === 'mysql' ? 'extra.connectionLimit' : 'extra.max', usual: '10' };
}

export default defineRule({
  summary: 'A production engine sets no pool options.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['003_415f54345a6e7168.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    stale:
      '{{api}} does not set {{missing}}: after the database restarts, or a firewall drops idle connections, the next requests ' +
      'get dead connections from the pool and fail. Set pool_pre_ping=True.',
    missing: '{{api}} does not set {{missing}}, which the configuration asks of every engine.',
    unlimited:
      '{{api}} does not set {{missing}}: each process opens up to {{usual}} connections, whatever ' +
      'the database allows for all of them together. Set it to what the server can give each process.',
    ping: 'Test each connection before it is used.',
  },
  options: {
    required: strings('The options that every engine must set.', ['pool_pre_ping']),
  },
  *check({ facts, options, authoring }) {
    if (facts.dialect === 'sqlite') return;
    for (const engine of applicationEngines(facts)) {
      if (isForDevelopment(engine, facts)) continue;
      if (keepsConnections(engine) && isUnlimited(engine)) {
        yield { message: 'unlimited', at: headOf(engine), data: { api: engine.api, ...limitOf(engine) } };
        continue;
      }
      const isPool = engine.kind === 'engine' && engine.library === 'sqlalchemy';
      if ((!isPool && engine.api !== 'SQLALCHEMY_ENGINE_OPTIONS') || !keepsConnections(engine)) continue;
      const missing = options.required.filter((name) => !engine.options.some((option) => option.name === name));
      if (missing.length === 0) continue;
      const isStale = missing.includes('pool_pre_ping');
      yield {
        message: isStale ? 'stale' : 'missing',
        at: headOf(engine),
        data: { api: engine.api, missing: missing.join(', ') },
        ...(isStale && {
          suggest: { message: 'ping' as const, edits: authoring.setEngineOption(engine, 'pool_pre_ping', true) },
        }),
      };
    }
  },
});
