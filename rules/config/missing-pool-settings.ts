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

/** Options by which TypeORM limits the pool of its driver. */
const limits = /^(?:extra\.(?:max|connectionLimit)|poolSize)$/;
const servers = /^(?:postgres|cockroachdb|mysql|mariadb|mssql)$/;

/** Whether a data source of TypeORM leaves the size of its pool to the driver, as far as is known. */
const isUnlimited = ({ library, options, url }: Engine): boolean =>
  library === 'typeorm' &&
  servers.test(url?.parts?.driver ?? '') &&
  !options.some(({ name }) => limits.test(name)) &&
  // What is handed over as a whole may hold it.
  !(options.some(({ name }) => name === 'extra') && !options.some(({ name }) => name.startsWith('extra.')));

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
      '{{api}} does not set {{missing}}: each process opens as many connections as its driver likes, 10 by default, whatever ' +
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
        const missing = engine.url?.parts?.driver === 'mysql' ? 'extra.connectionLimit' : 'extra.max';
        yield { message: 'unlimited', at: headOf(engine), data: { api: engine.api, missing } };
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
