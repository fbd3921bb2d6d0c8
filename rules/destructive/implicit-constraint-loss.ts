import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation, QualifiedName } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { implicitLosses, type ImplicitLoss } from '../../src/queries/implicit-losses.js';
import { listed } from '../../src/queries/lists.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { spoken } from '../../src/queries/names.js';
import { made, nowhere, stored } from '../../src/queries/restored.js';

export default defineRule({
  summary: 'Dropping a column silently drops a key, foreign key, check or index.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'suggestion',
  sources: ['bytebase column.disallow-drop-in-index', 'pg-migration-lint PGM010'],
  messages: {
    lost: 'Dropping {{table}}.{{column}} also drops {{lost}}, without a word: {{effect}}{{lock}}. Drop what is to go by statements of its own before, and add what is still needed over the columns that stay.',
    alone:
      'Dropping {{table}}.{{column}} also drops {{lost}}, without a word. Drop it by a statement of its own before, so that who reads the migration sees it go.',
    shrunk:
      'Dropping {{table}}.{{column}} takes the column out of {{lost}}, without a word: {{effect}}. Drop it by a statement of its own before, and add what is still needed over the columns that stay.',
    first: 'Drop {{lost}} first.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { dialect } = facts;
    if (!silent.has(dialect)) return;
    const changes = [...changesIn(project, facts)];
    for (const placed of changes) {
      const { operation } = placed;
      if (operation.kind !== 'DropColumn') continue;
      const losses = implicitLosses(project, operation, changes).filter((loss) => isSilent(loss, dialect));
      if (losses.length === 0) continue;
      const matters = losses.filter(({ kind, left }) => left.length > 0 || kind === 'primary');
      const told = matters.length > 0 ? matters : losses;
      const isShrunk = shrinking.has(dialect) && told.every(({ left }) => left.length > 0);
      const data = {
        table: spoken(operation.table),
        column: operation.column.value,
        lost: listed(told.map(described)),
        effect: listed([...new Set(told.map((loss) => effectOf(loss, dialect)))]),
        lock: lockClause(project, placed),
      };
      yield {
        message: matters.length === 0 ? 'alone' : isShrunk ? 'shrunk' : 'lost',
        at: operation,
        data,
        ...(matters.length === 0 && { severity: 'info' }),
        related: told.map(({ holder, name }) => ({
          path: holder.origin.facts.path,
          at: 'index' in holder ? holder.index : holder.constraint,
          message: `${name} comes from here`,
        })),
        suggest: {
          message: 'first',
          data,
          edits: authoring.addOperations(
            operation,
            losses.map((loss) => dropOf(loss, operation.table)),
            'before',
            placed,
          ),
        },
      };
    }
  },
});

/** Dialects that say nothing; SQLite, SQL Server and Oracle refuse to drop a column that a key or check holds. */
const silent: ReadonlySet<Dialect> = new Set(['postgresql', 'cockroachdb', 'mysql', 'mariadb']);

/** Dialects in which an index stays with the columns that are left. */
const shrinking: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb']);

/**
 * MySQL and MariaDB refuse where a foreign key, or a check over further columns, holds the column; MariaDB 10.11 also
 * where a primary key or a unique one over several does (measured).
 */
function isSilent({ kind, unique, left }: ImplicitLoss, dialect: Dialect): boolean {
  if (!shrinking.has(dialect)) return true;
  if (kind === 'foreign' || kind === 'exclude' || (kind === 'check' && left.length > 0)) return false;
  return dialect === 'mysql' || kind === 'check' || left.length === 0 || (kind === 'index' && !unique);
}

const kinds = {
  primary: 'primary key',
  unique: 'unique constraint',
  foreign: 'foreign key',
  check: 'check constraint',
  exclude: 'exclusion constraint',
} as const;

function described({ kind, name, unique, columns, of }: ImplicitLoss): string {
  const what = kind === 'index' ? (unique ? 'unique index' : 'index') : kinds[kind];
  return `${what} ${name} (${columns.join(', ')})${of ? ` of ${spoken(of.name)}` : ''}`;
}

function effectOf({ kind, name, unique, left, of }: ImplicitLoss, dialect: Dialect): string {
  const columns = left.join(', ');
  if (shrinking.has(dialect) && left.length > 0) {
    return kind === 'index' && !unique
      ? `${name} is over ${columns} from then on`
      : `rows of equal ${columns} are refused from then on`;
  }
  if (of) return `rows of ${spoken(of.name)} that refer to nothing can enter`;
  if (kind === 'primary') return 'two rows can be the same';
  if (kind === 'unique' || unique) return `rows of equal ${columns} can enter`;
  if (kind === 'index') return `queries by ${columns} read the whole table`;
  return kind === 'foreign' ? 'rows that refer to nothing can enter' : 'rows that it refused can enter';
}

/** The statement that says what goes. */
function dropOf({ kind, name, of }: ImplicitLoss, on: QualifiedName): Operation {
  const table = of?.name ?? on;
  if (kind !== 'index')
    return { ...made, kind: 'DropConstraint', table, constraint: stored(name), constraintKind: kind };
  const index = { ...(table.schema && { schema: table.schema }), name: stored(name), span: nowhere };
  return { ...made, kind: 'DropIndex', index, table };
}
