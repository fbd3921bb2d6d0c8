import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { DataSource, EntitySchema } from 'typeorm';
import { afterAll, describe, expect, test } from 'vitest';
import type { Dialect, Runner } from '../../src/ir/index.js';
import { projectOf } from '../queries/support/project.js';
import { comparedIn, driftOf } from './oracle/drift/differences.js';
import { Compiled, filesOf, ormOf } from './oracle/mikro-orm/orm.js';
import { Postgres } from './oracle/pglite.js';
import type { dialects as sequelizeDialects } from './oracle/sequelize/library.js';
import { filesIn, synchronised } from './oracle/sequelize/library.js';
import { load, textsOf } from './oracle/typeorm/compile.js';

type Files = Record<string, string>;

const read = (files: Files, path: string, runner: Runner, dialect: Dialect = 'postgresql') =>
  projectOf(files, { dialect, folders: [{ path, runner }] });

/** What each library makes of its models, as the migration of a project with the same models: nothing may drift. */
describe('models and what their library makes of them do not drift', () => {
  describe.each(['postgresql', 'mysql', 'sqlite', 'cockroachdb'] as const)('Prisma, %s', (dialect) => {
    test('the fixture', async () => {
      const textOf = (name: string): string =>
        readFileSync(new URL(`../prisma/oracle/${dialect}/${name}`, import.meta.url), 'utf8');
      const files = {
        'prisma/schema.prisma': textOf('schema.prisma'),
        'prisma/migrations/20240102030405_all/migration.sql': textOf('expected.sql'),
      };
      const project = await read(files, 'prisma/migrations', 'prisma', dialect);
      expect(driftOf(project)).toEqual([]);
      expect(comparedIn(project).compared).toBeGreaterThan(4);
      expect(comparedIn(project).skipped).toEqual([]);
    });
  });

  describe('MikroORM', () => {
    const models = filesOf('models');
    const compiled = new Compiled(models);
    afterAll(() => {
      compiled.remove();
    });

    test.each(['postgresql', 'mysql'] as const)('%s', async (dialect) => {
      const written = await ormOf(compiled, dialect).schema.getCreateSchemaSQL({ wrap: false });
      // MikroORM leaves quotes in labels as they are, which no server takes.
      const sql = written.replace(/'(\w+)'s'/g, "'$1''s'");
      const migration = `import { Migration } from '@mikro-orm/migrations';
export class Migration20240102030405 extends Migration {
  async up(): Promise<void> {
${statementsOf(sql)
  .map((each) => `    this.addSql(${JSON.stringify(each)});`)
  .join('\n')}
  }
}
`;
      const files = { ...models, 'src/migrations/Migration20240102030405.ts': migration };
      const project = await read(files, 'src/migrations', 'mikro-orm', dialect);
      expect(driftOf(project)).toEqual([]);
      expect(comparedIn(project).compared).toBeGreaterThan(10);
    });
  });

  describe('Sequelize', () => {
    const cases: [folder: string, dialect: keyof typeof sequelizeDialects][] = [
      ['define', 'postgresql'],
      ['define', 'mysql'],
      ['define', 'sqlite'],
      ['classes', 'postgresql'],
      ['decorators', 'postgresql'],
      ['decorators', 'mysql'],
      ['decorators', 'sqlite'],
    ];
    test.each(cases)('%s, %s', async (folder, dialect) => {
      const sql = await synchronised(`models/${folder}`, dialect);
      const models = Object.entries(filesIn(`models/${folder}`)).map(([path, text]) => [`src/models/${path}`, text]);
      const migration = `module.exports = {
  async up(queryInterface) {
${statementsOf(sql)
  .map((each) => `    await queryInterface.sequelize.query(${JSON.stringify(each)});`)
  .join('\n')}
  },
};
`;
      const files = { ...(Object.fromEntries(models) as Files), 'migrations/20240102030405-all.js': migration };
      const project = await read(files, 'migrations', 'sequelize', dialect);
      expect(driftOf(project)).toEqual([]);
      expect(comparedIn(project).compared).toBeGreaterThan(3);
    });
  });
});

const statementsOf = (script: string | readonly string[]): string[] =>
  (typeof script === 'string' ? script.split(/;\s*\n/) : [...script]).filter((each) => each.trim() !== '');

const isEntity = (value: unknown): value is EntitySchema =>
  typeof value === 'function' || value instanceof EntitySchema;

const typeorm = fileURLToPath(new URL('oracle/typeorm/', import.meta.url));

const typeormMigration = (statements: readonly string[]): string =>
  `import { MigrationInterface, QueryRunner } from 'typeorm';
export class All1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
${statements.map((each) => `    await queryRunner.query(${JSON.stringify(each)});`).join('\n')}
  }
  async down(queryRunner: QueryRunner): Promise<void> {}
}
`;

/** The SQL that takes the database to what the entities say: \`typeorm schema:log\`. */
async function logged(postgres: Postgres, entities: readonly EntitySchema[]): Promise<string[]> {
  const source = new DataSource({ type: 'postgres', url: postgres.url, entities: [...entities], poolSize: 1 });
  await source.initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  return upQueries.map(({ query }) => query);
}

const entitiesIn = (folder: string): EntitySchema[] =>
  [...load(`${typeorm}${folder}`).values()].flatMap((each) => Object.values(each)).filter(isEntity);

describe('TypeORM', () => {
  test('models and the migration that it generates of them do not drift', async () => {
    const postgres = await Postgres.start({ uuid_ossp });
    await postgres.run('CREATE SCHEMA shop');
    // A schema that is only embedded in others: TypeORM takes no entity without a key.
    const entities = entitiesIn('models').filter(({ options }) => options?.name !== 'Size');
    const statements = await logged(postgres, entities);
    await postgres.stop();
    const files = {
      ...textsOf(`${typeorm}models`, 'src/models'),
      'src/migrations/1700000000000-All.ts': typeormMigration(statements),
    };
    const project = await read(files, 'src/migrations', 'typeorm');
    expect(driftOf(project)).toEqual([]);
    expect(comparedIn(project).compared).toBeGreaterThan(10);
  });

  test('models that went on drift as schema:log says', async () => {
    const postgres = await Postgres.start();
    const made = [
      'CREATE TABLE "account" ("id" SERIAL NOT NULL, "email" character varying(320) NOT NULL, "nick" character varying, "born" TIMESTAMP NOT NULL, "rank" integer NOT NULL, "tags" text array, "extra" json, "gone" text, "points" bigint, CONSTRAINT "PK_account" PRIMARY KEY ("id"))',
      'CREATE TABLE "note" ("id" SERIAL NOT NULL, "text" text NOT NULL, CONSTRAINT "PK_note" PRIMARY KEY ("id"))',
    ];
    for (const each of made) await postgres.run(each);
    const statements = (await logged(postgres, entitiesIn('models/drift'))).filter(
      (each) => !/_account|_note|typeorm_metadata/.test(each),
    );
    await postgres.stop();
    const files = {
      ...textsOf(`${typeorm}models/drift`, 'src/models'),
      'src/migrations/1700000000000-All.ts': typeormMigration(made),
    };
    const found = driftOf(await read(files, 'src/migrations', 'typeorm'));
    expect(found).toEqual([
      'nullability-mismatch account.nick',
      'nullability-mismatch account.rank',
      'type-mismatch account.born',
      'type-mismatch account.email',
      'type-mismatch account.extra',
      'type-mismatch account.points',
      'unmigrated-column account.fresh',
      'unmigrated-table visit',
      'unmodelled-column account.gone',
    ]);
    // It drops a column of another type and makes it anew, so that columns are compared, not kinds.
    const wanted = new Set(
      statements.map((each) => {
        const [, table, column] =
          /^(?:ALTER|CREATE) TABLE "(\w+)"(?: (?:ADD|DROP COLUMN|ALTER COLUMN) "(\w+)")?/.exec(each) ?? [];
        return column === undefined ? table : `${table}.${column}`;
      }),
    );
    expect([...new Set(found.map((each) => each.replace(/^\S+ /, '')))].sort()).toEqual([...wanted].sort());
  });
});
