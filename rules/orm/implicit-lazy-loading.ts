import type { Orm } from '../../src/ir/index.js';
import { headOf } from '../../src/queries/declarations.js';
import { matchesGlob } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A relationship does not say how it loads.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['003_415f54345a6e7168.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    implicit:
      '"{{attribute}}" does not say how it loads, so each row loads it by a query of its own when it is first read, and an async session raises MissingGreenlet there. Write lazy="raise" and load it where a query needs it, or lazy="selectin".',
    chosen: '"{{attribute}}" loads by {{loading}}: {{effect}}. Write {{remedy}}.',
    raise: 'Let "{{attribute}}" be loaded where a query asks for it.',
  },
  options: {
    allowed: strings('Ways of loading that a relationship may name.', [
      'raise',
      'raise_on_sql',
      'selectin',
      'joined',
      'subquery',
      'immediate',
      'noload',
      'write_only',
      'False',
    ]),
  },
  *check({ facts, options, authoring }) {
    if (facts.scope === 'test') return;
    const isPython = facts.frontend === 'python';
    for (const table of facts.tables) {
      for (const relationship of table.relationships) {
        const { attribute, loading, from, generated, annotation, makesInverse } = relationship;
        if (from !== undefined || generated || !isCertain(relationship, 'everything') || loading === 'unknown')
          continue;
        // TypeORM and MikroORM load nothing by themselves, unless they are told to. `WriteOnlyMapped` says by its type how it loads.
        if (loading === undefined && (!isPython || annotation?.wrapper === 'WriteOnlyMapped')) continue;
        if (loading !== undefined && isPython && matchesGlob(loading, options.allowed)) continue;
        const isDynamic = loading === 'dynamic' || annotation?.wrapper === 'DynamicMapped';
        const data = { attribute: attribute.value };
        yield {
          message: loading === undefined && !isDynamic ? 'implicit' : 'chosen',
          at: headOf(relationship, attribute),
          data: { ...data, ...wordsFor(isDynamic ? 'dynamic' : (loading ?? ''), table.declaredBy, isPython) },
          ...(isPython &&
            !isDynamic &&
            !makesInverse && {
              suggest: { message: 'raise', data, edits: authoring.setLoading(relationship, 'raise') },
            }),
        };
      }
    }
  },
});

function wordsFor(loading: string, orm: Orm, isPython: boolean): { loading: string; effect: string; remedy: string } {
  if (orm === 'mikro-orm')
    return {
      loading: 'eager: true',
      effect: 'every find() loads it, needed or not',
      remedy: 'populate: in the queries that need it',
    };
  if (!isPython) {
    return loading === 'eager'
      ? {
          loading: 'eager: true',
          effect: 'every find() joins it, needed or not',
          remedy: 'relations: in the queries that need it',
        }
      : {
          loading: 'lazy: true',
          effect: 'each row loads it by a query of its own',
          remedy: 'relations: in the queries that need it',
        };
  }
  return loading === 'dynamic'
    ? {
        loading: 'lazy="dynamic"',
        effect:
          'each use is a query of its own, it knows nothing of async sessions, and SQLAlchemy 2.0 calls it legacy',
        remedy: 'WriteOnlyMapped, or a query',
      }
    : {
        loading: `lazy=${/^[A-Z]/.test(loading) ? loading : `"${loading}"`}`,
        effect: 'each row loads it by a query of its own when it is first read',
        remedy: 'lazy="raise" and load it where a query needs it, or lazy="selectin"',
      };
}
