import { defineRule, strings } from '../../src/rule.js';
import type { LegacyQuery } from '../../src/ir/index.js';
import { matchesGlob } from '../../src/queries/names.js';
import { hasDataSources, sqlalchemyMajor } from '../../src/queries/current-style.js';

export default defineRule({
  summary: 'The legacy Query API is used.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['003_415f54345a6e7168.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    query:
      "{{api}} is the Query API of SQLAlchemy 1.x: it is frozen, it can't be awaited, and type checkers don't see what it gives. Write {{instead}}.",
    asynchronous: '{{api}} fails: an AsyncSession has no query(). Write {{instead}}.',
    connection:
      "{{api}} asks a global connection, which TypeORM 0.3 deprecates: code can't be given another one, in a test or for a replica. Write {{instead}}.",
    finder: '{{api}} is deprecated since TypeORM 0.3. Write {{instead}}.',
    select: 'Write it as a select() that the session runs.',
  },
  options: {
    allow: strings('Files that may use the Query API, as globs over their paths.'),
  },
  *check({ facts, project, options, authoring }) {
    if (matchesGlob(facts.path, options.allow)) return;
    for (const usage of facts.usages) {
      if (usage.kind !== 'legacy-query' || usage.context === 'migration') continue;
      const data = { api: usage.api, instead: instead(usage) };
      if (usage.library === 'typeorm') {
        if (!hasDataSources(project)) continue;
        yield { message: usage.form === 'global-connection' ? 'connection' : 'finder', at: usage.head, data };
        continue;
      }
      if (!usage.asynchronous && sqlalchemyMajor(project, facts.path) !== 2) continue;
      const edits = usage.asynchronous ? undefined : authoring.selectInstead(usage);
      yield {
        message: usage.asynchronous ? 'asynchronous' : 'query',
        at: usage.head,
        data,
        ...(edits && { suggest: { message: 'select', edits } }),
      };
    }
  },
});

/** What each end of a chain of calls is in 2.0. */
const ends: { [method: string]: string } = {
  all: '.all()',
  first: '.first()',
  one: '.one()',
  one_or_none: '.one_or_none()',
};

function instead({ form, library, api, target, entity, asynchronous, methods }: LegacyQuery): string {
  if (library === 'typeorm') {
    if (form === 'find-by-id') return /findByIds/.test(api) ? 'findBy({ id: In(ids) })' : 'findOneBy({ id })';
    return /getRepository/.test(api) ? 'dataSource.getRepository(…)' : 'the DataSource itself';
  }
  const wait = asynchronous ? 'await ' : '';
  const session = form === 'Model.query' ? 'db.session' : api.replace(/\.query\(\)$/, '');
  const what = target ?? '…';
  if (methods[0] === 'get' && entity) return `${wait}${session}.get(${what}, …)`;
  const last = methods.at(-1) ?? '';
  if (methods.some((name) => name === 'update' || name === 'delete')) {
    const verb = methods.find((name) => name === 'update' || name === 'delete') ?? '';
    return `${wait}${session}.execute(${verb}(${what}).where(…))`;
  }
  if (last === 'count') return `${wait}${session}.scalar(select(func.count()).select_from(${what}))`;
  const run = library === 'sqlmodel' ? 'exec' : entity ? 'scalars' : 'execute';
  const call = `${session}.${run}(select(${what})${methods.length > 1 ? '.where(…)' : ''})`;
  const end = Object.hasOwn(ends, last) ? (ends[last] ?? '') : '';
  return asynchronous && end !== '' ? `(await ${call})${end}` : `${wait}${call}${end}`;
}
