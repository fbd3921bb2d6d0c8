import type { Name, QualifiedName, Runner, Table } from '../../ir/index.js';
import { matchesGlob, spoken } from '../names.js';
import type { Database } from './databases.js';

/** The folders of the histories of databases: `migrations/versions`. */
export function foldersOf({ database, alsoIn = [] }: { database: Database; alsoIn?: Database[] }): string {
  const folders = [database, ...alsoIn].flatMap(({ ran }) => ran.map(({ history }) => history.folder || '.'));
  const [last, ...others] = [...new Set(folders)].reverse();
  return others.length === 0 ? last! : `${others.reverse().join(', ')} and ${last!}`;
}

/** What writes a migration from the models. */
const generators: { readonly [R in Runner]?: string } = {
  alembic: 'alembic revision --autogenerate',
  typeorm: 'typeorm migration:generate',
  'mikro-orm': 'mikro-orm migration:create',
  drizzle: 'drizzle-kit generate',
  prisma: 'prisma migrate dev',
};

type Change = 'table' | 'column' | 'type' | 'nullable';

const calls: { readonly [R in Runner]?: { readonly [C in Change]: string } } = {
  sequelize: {
    table: 'queryInterface.createTable()',
    column: 'queryInterface.addColumn()',
    type: 'queryInterface.changeColumn()',
    nullable: 'queryInterface.changeColumn()',
  },
  knex: {
    table: 'knex.schema.createTable()',
    column: 'knex.schema.alterTable()',
    type: 'table.….alter()',
    nullable: 'table.setNullable() or table.dropNullable()',
  },
};

const sql: { readonly [C in Change]: string } = {
  table: 'CREATE TABLE',
  column: 'ALTER TABLE … ADD COLUMN',
  type: 'ALTER TABLE',
  nullable: 'ALTER TABLE',
};

/** How to bring the migrations to what the models say: `Run "drizzle-kit generate"`. */
export function migrationRemedy({ runner }: Database, change: Change): string {
  const generator = generators[runner];
  return generator === undefined
    ? `write a migration with ${calls[runner]?.[change] ?? sql[change]}`
    : `run "${generator}" and read what it writes`;
}

/** What takes away in the next migration what no model maps; empty where the tool leaves it alone. */
export function droppedBy({ runner }: Database): string {
  const drops = runner === 'alembic' || runner === 'prisma' || runner === 'mikro-orm' ? generators[runner] : undefined;
  return drops === undefined ? '' : `, and the next "${drops}" drops it`;
}

/** A model as people call it: its class, or the variable that holds it. */
export const modelName = ({ className, name }: Table): string => className ?? spoken(name);

/** Whether the user lets a table or a column of it be: `legacy_*`, `account.old_*`. */
export function isIgnored(ignore: readonly string[], table: QualifiedName, column?: Name): boolean {
  const names = [table.name.value, spoken(table)];
  if (names.some((name) => matchesGlob(name, ignore))) return true;
  return column !== undefined && names.some((name) => matchesGlob(`${name}.${column.value}`, ignore));
}
