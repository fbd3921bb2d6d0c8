import type { Column, FileFacts, Orm, Project, Runner, Table } from '../../src/ir/index.js';
import { isTimestamp } from '../../src/queries/column-types.js';
import { headOf, isMapped, ownColumns } from '../../src/queries/declarations.js';
import { lastNameOf } from '../../src/queries/survivors.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { hasTrigger } from '../../src/queries/triggers.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'Nothing sets an "updated at" column when its row changes.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['file', 'history'],
  fix: 'auto',
  sources: ['002_7a51ca8b5657ab8c.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    stale:
      'Neither the declaration of {{column}} of {{table}} nor a trigger sets it when a row changes: each change that does not set it by hand leaves the old time. Write {{remedy}}.',
  },
  options: {
    names: strings('Names of such columns, as globs; underscores and case do not count.', [
      'updated_at',
      'modified_at',
    ]),
  },
  *check({ facts, project, options, authoring }) {
    const names = options.names.map(bare);
    for (const { column, table, created } of ownColumns(project, facts)) {
      if (created?.migration && ormRunners.has(created.migration.runner)) continue;
      // Models set it in hooks, those of their base classes too.
      if (created?.migration && isMapped(project, lastNameOf(project, created.operation, table.name), facts.dialect))
        continue;
      if (!matchesGlob(bare(column.name.value), names) || isKept(column, table, facts, project)) continue;
      yield {
        message: 'stale',
        at: headOf(column, column.name),
        data: {
          column: column.name.value,
          table: table.role === 'abstract' ? (table.className ?? '') : spoken(table.name),
          remedy: remedyFor(table.declaredBy, facts),
        },
        fix: authoring.setOnChange(column, table),
      };
    }
  },
});

/** Tools whose ORM sets such columns: what a migration of theirs creates does not show whether it does. */
const ormRunners: ReadonlySet<Runner> = new Set(['alembic', 'typeorm', 'mikro-orm', 'drizzle', 'sequelize', 'prisma']);

const bare = (name: string): string => name.replace(/_/g, '').toLowerCase();

/** Whether something sets the column at each change, or it is no such column. */
function isKept(column: Column, table: Table, facts: FileFacts, project: Project): boolean {
  const { type, onChange, onUpdate, declaredAs, generated, assigned, uncertain } = column;
  if (type.name !== 'unknown' && !isTimestamp(type.name, facts.dialect)) return true;
  if (onChange || onUpdate !== undefined || generated !== undefined || assigned) return true;
  if (declaredAs === '@UpdateDateColumn' || uncertain.some(({ about }) => about === 'everything')) return true;
  return hasTrigger(project, table, facts.dialect);
}

function remedyFor(orm: Orm, { dialect }: FileFacts): string {
  switch (orm) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
      return 'onupdate=func.now()';
    case 'sqlmodel':
      return 'sa_column_kwargs={"onupdate": func.now()}';
    case 'typeorm':
      return '@UpdateDateColumn()';
    case 'prisma':
      return '@updatedAt';
    case 'drizzle':
      return '.$onUpdate(() => new Date())';
    case 'mikro-orm':
      return 'onUpdate: () => new Date()';
    default:
      return dialect === 'mysql' || dialect === 'mariadb'
        ? 'ON UPDATE CURRENT_TIMESTAMP'
        : 'a trigger BEFORE UPDATE that sets it';
  }
}
