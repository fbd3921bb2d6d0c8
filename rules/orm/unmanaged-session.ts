import { defineRule } from '../../src/rule.js';
import type { SessionOpened } from '../../src/ir/index.js';

export default defineRule({
  summary: 'A session, connection or query runner is not closed on every path.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    unreleased:
      'The {{resource}} that {{api}} opens is never released: its connection stays out of the pool until the process ends, and a pool without connections lets every request wait. Write {{instead}}.',
    unfinished:
      'The transaction that {{api}} begins is neither committed nor rolled back: its locks and its connection stay taken until the process ends. Write {{instead}}.',
    committed:
      'The transaction that {{api}} begins is not rolled back where something fails: its locks and its connection stay taken. Write {{instead}}.',
    connected:
      'The client that {{api}} makes is never disconnected: the program ends with connections that the database still holds, or does not end. Write {{instead}}.',
    never:
      'The {{resource}} that {{api}} opens is never closed: its connection stays out of the pool until Python throws the {{resource}} away, and a pool without connections lets every request wait. Write {{instead}}.',
    straight:
      'The {{resource}} that {{api}} opens is closed only if nothing fails before: an error leaves its connection out of the pool. Write {{instead}}.',
    with: 'Let a with block close it.',
  },
  options: {},
  *check({ facts, authoring }) {
    if (facts.scope === 'test') return;
    for (const usage of facts.usages) {
      if (usage.kind !== 'session-opened' || usage.context !== 'application') continue;
      if (usage.closed !== 'never' && usage.closed !== 'straight') continue;
      const edits = isOfDriver(usage) ? undefined : authoring.closeByWith(usage);
      yield {
        message: messageFor(usage),
        at: usage,
        data: { resource: usage.resource, api: usage.api, instead: instead(usage) },
        ...(edits && { suggest: { message: 'with', edits } }),
      };
    }
  },
});

/** What `raw_connection()` gives has `close()`, and is no context manager (SQLAlchemy 1.4.46 and 2.0.40 raise TypeError). */
const isOfDriver = ({ api }: SessionOpened): boolean => api.endsWith('.raw_connection()');

function messageFor({ resource, library, closed }: SessionOpened) {
  if (resource === 'client') return 'connected' as const;
  if (resource === 'transaction') return closed === 'never' ? ('unfinished' as const) : ('committed' as const);
  if (closed === 'never') return ofNode.has(library) ? ('unreleased' as const) : ('never' as const);
  return 'straight' as const;
}

const ofNode = new Set<SessionOpened['library']>(['typeorm', 'pg', 'mysql2']);

function instead(usage: SessionOpened): string {
  const { library, asynchronous, name, resource } = usage;
  const on = usage.api.replace(/\.\w+\(\)$/, '');
  if (resource === 'client') return `main().finally(() => ${name ?? 'prisma'}.$disconnect())`;
  if (library === 'mikro-orm') return `await ${on}.transactional(async (em) => { … })`;
  if (resource === 'transaction') return `await ${on}.transaction(async (${name ?? 'transaction'}) => { … })`;
  if (ofNode.has(library))
    return `try { … } finally { ${library === 'typeorm' ? 'await ' : ''}${name ?? 'queryRunner'}.release(); }`;
  const call = usage.api.replace(/\(\)$/, '(…)');
  const opened = isOfDriver(usage) ? `contextlib.closing(${call})` : call;
  return `${asynchronous ? 'async ' : ''}with ${opened} as ${name ?? resource}:`;
}
