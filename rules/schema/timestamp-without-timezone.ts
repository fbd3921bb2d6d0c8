import type { ColumnType, FileFacts, Orm, Project, Table } from '../../src/ir/index.js';
import { isZoneless } from '../../src/queries/column-types.js';
import { headOf, ownColumns } from '../../src/queries/declarations.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { atLeast, packageVersion } from '../../src/queries/packages.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A column keeps a date and time without a time zone.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['file'],
  fix: 'suggestion',
  sources: [
    '004_9452bc49d0f85f35.txt',
    'diesel-guard TimestampTypeCheck',
    'pg-migration-lint PGM101',
    'pgfence prefer-timestamptz',
    'postgres-language-server preferTimestamptz',
    'schemalint types',
    'squawk prefer-timestamp-tz',
  ],
  messages: {
    zoneless:
      '{{column}} of {{table}} is {{type}}: it keeps what the clock on the wall showed, and not where the wall stood, so that the same value is another moment in another session. Write {{remedy}}.',
    version:
      '{{column}} of {{table}} is {{type}} in SQLModel before 0.0.47, and which version the project uses is not known: it keeps what the clock on the wall showed, and not where the wall stood. Write {{remedy}}.',
    zone: 'Let {{column}} keep the time zone.',
  },
  options: {
    allow: strings('Columns to leave alone, as globs of their names.'),
  },
  *check({ facts, project, options, authoring }) {
    for (const { column, table } of ownColumns(project, facts)) {
      if (!isZoneless(column.type.name, facts.dialect) || matchesGlob(column.name.value, options.allow)) continue;
      if (facts.frontend === 'python' && isOwnType(column.type)) continue;
      const version = versionDoubt(column.type, table, facts, project);
      if (version === 'zoned') continue;
      const data = {
        column: column.name.value,
        table: table.role === 'abstract' ? (table.className ?? '') : spoken(table.name),
        type: column.type.name,
        remedy: remedyFor(table.declaredBy, facts),
      };
      yield {
        message: version === 'open' ? 'version' : 'zoneless',
        ...(version === 'open' && { severity: 'info' as const }),
        at: headOf(column, column.name),
        data,
        suggest: {
          message: 'zone',
          data,
          edits: facts.dialect === 'tsql' ? undefined : authoring.keepTimezone(column, table),
        },
      };
    }
  },
});

/** A type of the project's own, which may see to the time zone by itself. */
const isOwnType = ({ implied, written }: ColumnType): boolean =>
  implied !== true && !/(?:^|\.)(?:DateTime|DATETIME|TIMESTAMP|timestamp|datetime)\b/.test(written);

/** What SQLModel makes of `datetime` depends on its version: with a time zone from 0.0.47 on. */
function versionDoubt(
  type: ColumnType,
  table: Table,
  facts: FileFacts,
  project: Project,
): 'zoned' | 'open' | undefined {
  if (table.declaredBy !== 'sqlmodel' || type.implied !== true) return undefined;
  const version = packageVersion(project, facts.path, 'sqlmodel');
  if (atLeast(version, 0, 0, 47)) return 'zoned';
  return version?.exact === true ? undefined : 'open';
}

function remedyFor(orm: Orm, { dialect }: FileFacts): string {
  switch (orm) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
    case 'alembic':
      return 'DateTime(timezone=True)';
    case 'sqlmodel':
      return 'sa_type=DateTime(timezone=True)';
    case 'prisma':
      return dialect === 'tsql' ? '@db.DateTimeOffset' : '@db.Timestamptz(3)';
    case 'drizzle':
      return '{ withTimezone: true } among its options';
    case 'typeorm':
      return dialect === 'tsql' ? "type: 'datetimeoffset'" : "type: 'timestamptz'";
    case 'mikro-orm':
      return dialect === 'tsql' ? "columnType: 'datetimeoffset'" : "columnType: 'timestamptz'";
    default:
      return dialect === 'tsql' ? 'datetimeoffset' : dialect === 'oracle' ? 'timestamp with time zone' : 'timestamptz';
  }
}
