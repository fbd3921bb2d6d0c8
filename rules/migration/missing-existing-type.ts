import { defineRule } from '../../src/rule.js';
import type { Column, ColumnPart, Dialect, Guard, Operation, Project } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { namesOf, possibleDialects } from '../../src/queries/dialects.js';
import { spoken } from '../../src/queries/names.js';
import { columnOf, schemaAt } from '../../src/queries/replay.js';

export default defineRule({
  summary: 'An alter_column omits existing_* where the dialect needs it.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file', 'history'],
  fix: 'auto',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt'],
  messages: {
    type:
      'alter_column of {{table}}.{{column}} does not say what type the column has: on {{databases}} Alembic refuses with a ' +
      'CommandError, because the whole definition is sent again. Add {{keywords}}.',
    lost:
      'alter_column of {{table}}.{{column}} does not repeat {{parts}}: {{databases}} states the whole definition again, and ' +
      'what it leaves out is lost. Add {{keywords}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const seen = new Set<number>();
    for (const { operation, guard } of changesIn(project, facts, { down: true })) {
      if (!operation.altering || !('column' in operation) || !operation.table || seen.has(operation.span.start))
        continue;
      seen.add(operation.span.start);
      const state = columnState(project, operation);
      const found = missingParts(operation.altering, state, guard, facts.dialect);
      if (found === undefined) continue;
      const { parts, dialects } = found;
      yield {
        message: parts.includes('type') ? 'type' : 'lost',
        at: operation,
        data: {
          table: spoken(operation.table),
          column: nameOf(operation.column!),
          databases: namesOf(dialects),
          parts: parts.map((part) => words[part]).join(' and '),
          keywords: parts.map((part) => keywords[part]).join(' and '),
        },
        ...(facts.dialect === 'unknown' && guard?.dialects === undefined && { severity: 'warn' }),
        fix: state && authoring.restateColumn(operation, state, parts),
      };
    }
  },
});

const mysql: readonly Dialect[] = ['mysql', 'mariadb'];

/** What a call leaves out, and the databases that need it; measured with Alembic 1.8.1. */
function missingParts(
  { changed, restated }: NonNullable<Operation['altering']>,
  column: Column | undefined,
  guard: Guard | undefined,
  dialect: Dialect,
): { parts: ColumnPart[]; dialects: Dialect[] } | undefined {
  const isGiven = (part: ColumnPart) => changed.includes(part) || restated.includes(part);
  // MODIFY and CHANGE of MySQL; a default alone has a form of its own. SQL Server takes type and nullability together.
  const onMysql = changed.some((part) => part !== 'default');
  const onSqlServer = changed.includes('nullable') || changed.includes('type');
  const dialects = possibleDialects(guard, dialect, [
    ...(onMysql ? mysql : []),
    ...(onSqlServer ? (['tsql'] as const) : []),
  ]);
  if (dialects.length === 0) return undefined;
  const isMysql = dialects.some((each) => mysql.includes(each));
  const parts: ColumnPart[] = isGiven('type') ? [] : ['type'];
  if (!isGiven('nullable') && column?.nullable === false) parts.push('nullable');
  if (isMysql && !isGiven('default') && column?.default?.by === 'server') parts.push('default');
  if (isMysql && !isGiven('comment') && column?.comment) parts.push('comment');
  return parts.length === 0 ? undefined : { parts, dialects };
}

/** The column as the call finds it; nothing where that is not certain. */
function columnState(project: Project, operation: Operation): Column | undefined {
  if (!('column' in operation) || !operation.table || !operation.column) return undefined;
  const schema = schemaAt(project, operation);
  const state = schema && columnOf(schema, operation.table, nameOf(operation.column));
  return state?.uncertain.length === 0 && schema?.doubt === undefined ? state.column : undefined;
}

const nameOf = (column: { value: string } | { name: { value: string } }): string =>
  'name' in column ? column.name.value : column.value;

const words: { readonly [P in ColumnPart]: string } = {
  name: 'the name',
  type: 'the type',
  nullable: 'NOT NULL',
  default: 'the default',
  comment: 'the comment',
  autoincrement: 'AUTO_INCREMENT',
};

const keywords: { readonly [P in ColumnPart]: string } = {
  name: 'new_column_name=',
  type: 'existing_type=',
  nullable: 'existing_nullable=False',
  default: 'existing_server_default=',
  comment: 'existing_comment=',
  autoincrement: 'existing_autoincrement=True',
};
