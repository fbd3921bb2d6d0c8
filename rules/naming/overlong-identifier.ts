import { amount, defineRule } from '../../src/rule.js';
import type { Constraint, Index, Name, Orm, QualifiedName } from '../../src/ir/index.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { givenColumnNames, givenTableNames } from '../../src/queries/given-names.js';
import { givenParts, isIndex } from '../../src/queries/given-parts.js';
import { cutName, lengthOf, nameLimit, shortened, type NameLimit } from '../../src/queries/name-limits.js';
import { spoken } from '../../src/queries/names.js';

interface Long {
  object: string;
  name: Name;
  /** Names of one table or schema are told apart by what is kept of them. */
  space: string;
  table?: QualifiedName;
  writer?: Orm;
}

const byLibrary: ReadonlySet<Orm | undefined> = new Set(['sqlalchemy', 'sqlmodel', 'flask-sqlalchemy', 'alembic']);

export default defineRule({
  summary: 'A name is longer than the dialect allows, and is cut or refused.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'suggestion',
  sources: [
    'squawk identifier-too-long',
    'pgsafe identifier-too-long',
    'strong_migrations',
    'pg-index-health',
    'atlas',
  ],
  messages: {
    cut:
      'The {{object}} name "{{name}}" has {{length}} bytes. PostgreSQL keeps {{max}} and says so in a notice only: it is ' +
      'stored as "{{kept}}", so what looks for the whole name in the catalogue finds nothing, and another name that begins ' +
      'the same way is taken for it. Choose a name of {{max}} bytes or fewer.',
    collides:
      'The {{object}} names "{{name}}" and "{{other}}" are one to PostgreSQL: it keeps {{max}} bytes of each, "{{kept}}". The ' +
      'second one fails as a duplicate, or is left out without a word under IF NOT EXISTS. Choose names of {{max}} bytes or fewer.',
    refused:
      'The {{object}} name "{{name}}" has {{length}} {{unit}}, more than the {{max}} that {{dialect}} takes: {{outcome}}. ' +
      'Choose a shorter name.',
    hashed:
      'The naming convention calls this {{object}} of {{table}} "{{name}}": {{length}} characters, more than the {{max}} that ' +
      '{{dialect}} takes. SQLAlchemy cuts it and puts four digits of a hash behind it, so scripts and downgrades that spell the ' +
      'name out do not find it. Give it a shorter name of its own.',
    shorten: 'Call it "{{better}}".',
  },
  options: { max: amount("Longest name that is allowed; 0 for the dialect's own limit.") },
  *check({ facts, project, options, authoring }) {
    const limit = nameLimit(facts.dialect, options.max);
    if (limit === undefined) return;
    const all: Long[] = [];
    for (const { object, name } of givenTableNames(project, facts)) all.push({ object, name, space: 'table' });
    for (const { object, name } of givenColumnNames(project, facts)) all.push({ object, name, space: '' });
    for (const { fact, name, table, declaration, writer } of givenParts(project, facts)) {
      if (name === undefined || name.unknown) continue;
      const at = name.generated && isElsewhere(fact, declaration?.columns) ? table.name.span : name.span;
      const space = isIndex(fact) || fact.kind === 'unique' || fact.kind === 'primary' ? 'index' : spoken(table);
      all.push({ object: isIndex(fact) ? 'index' : 'constraint', name: { ...name, span: at }, space, table, writer });
    }
    for (const long of all) {
      const { object, name, table } = long;
      const length = lengthOf(name.value, limit);
      if (length <= limit.max) continue;
      const message = fateOf(long, limit);
      const kept = cutName(name.value);
      const other =
        message === 'cut' && long.space !== ''
          ? all.find((each) => each.space === long.space && each !== long && isTwin(each.name, name, kept))
          : undefined;
      const better = shortened(name.value, limit);
      const raises = byLibrary.has(long.writer) && limit.longer === 'cut';
      const outcome = raises ? 'SQLAlchemy raises IdentifierError' : 'the statement fails';
      const size = { length, max: limit.max, unit: raises ? 'characters' : limit.unit };
      const data = { object, name: name.value, ...size, kept, outcome, dialect: dialectNames[facts.dialect] };
      yield {
        message: other ? 'collides' : message,
        at: name,
        ...(message === 'hashed' && { severity: 'warn' as const }),
        data: { ...data, table: table ? spoken(table) : '', other: other?.name.value ?? '' },
        ...(table && {
          suggest: { message: 'shorten', data: { better }, edits: authoring.replaceName(name, better) },
        }),
      };
    }
  },
});

/**
 * Measured with SQLAlchemy 2.0.40 and Alembic 1.13.2: names of indexes and constraints that are written out raise
 * IdentifierError above 63 characters, those of conventions and `op.f` are cut and hashed; tables and columns are sent
 * as they are.
 */
function fateOf({ name, writer }: Long, { longer, max }: NameLimit): 'cut' | 'refused' | 'hashed' {
  if (byLibrary.has(writer)) {
    if (name.generated || name.final) return 'hashed';
    if ([...name.value].length > max) return 'refused';
  }
  return longer === 'cut' ? 'cut' : 'refused';
}

const isTwin = (one: Name, other: Name, kept: string): boolean =>
  one.value !== other.value && cutName(one.value) === kept;

/** Whether a part comes with a column of a mixin or base, whose file another one may be. */
const isElsewhere = (
  part: Index | Constraint,
  columns: readonly { from?: string; constraints: readonly Constraint[]; indexes: readonly Index[] }[] = [],
): boolean =>
  columns.some(
    ({ from, constraints, indexes }) =>
      from !== undefined && ([...constraints, ...indexes] as (Index | Constraint)[]).includes(part),
  );
