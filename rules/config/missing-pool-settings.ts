import type { Engine } from '../../src/ir/index.js';
import { applicationEngines, isForDevelopment } from '../../src/queries/engines.js';
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

export default defineRule({
  summary: 'A production engine sets no pool options.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['003_415f54345a6e7168.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    stale:
      '{{api}} does not set {{missing}}: after the database restarts, or a firewall drops idle connections, the next requests ' +
      'get dead connections from the pool and fail. Set pool_pre_ping=True.',
    missing: '{{api}} does not set {{missing}}, which the configuration asks of every engine.',
    ping: 'Test each connection before it is used.',
  },
  options: {
    required: strings('The options that every engine must set.', ['pool_pre_ping']),
  },
  *check({ facts, options, authoring }) {
    if (facts.dialect === 'sqlite') return;
    for (const engine of applicationEngines(facts)) {
      const isPool = engine.kind === 'engine' && engine.library === 'sqlalchemy';
      if ((!isPool && engine.api !== 'SQLALCHEMY_ENGINE_OPTIONS') || !keepsConnections(engine)) continue;
      if (isForDevelopment(engine, facts)) continue;
      const missing = options.required.filter((name) => !engine.options.some((option) => option.name === name));
      if (missing.length === 0) continue;
      const isStale = missing.includes('pool_pre_ping');
      yield {
        message: isStale ? 'stale' : 'missing',
        at: { start: engine.span.start, end: engine.anchor?.lists['options']?.open ?? engine.span.end },
        data: { api: engine.api, missing: missing.join(', ') },
        ...(isStale && {
          suggest: { message: 'ping' as const, edits: authoring.setEngineOption(engine, 'pool_pre_ping', true) },
        }),
      };
    }
  },
});
