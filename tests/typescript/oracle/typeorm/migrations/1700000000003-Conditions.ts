import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { addStamps, dropStamps } from './helpers/stamps';

const NAMES = { log: 'audit_log', tables: ['audit_log', 'user'] } as const;

export class Conditions1700000000003 implements MigrationInterface {
  private async addFlag(runner: QueryRunner, table: string, flag = 'flag'): Promise<void> {
    await runner.query(`ALTER TABLE "${table}" ADD "${flag}" boolean NOT NULL DEFAULT false`);
  }

  public up = async (queryRunner: QueryRunner): Promise<void> => {
    if (!(await queryRunner.hasTable(NAMES.log))) {
      await queryRunner.createTable(
        new Table({ name: NAMES.log, columns: [{ name: 'id', type: 'bigint', isPrimary: true }] }),
      );
    }
    for (const table of NAMES.tables) {
      await this.addFlag(queryRunner, table);
    }
    await this.addFlag(queryRunner, NAMES.log, 'seen');
    await addStamps(queryRunner, NAMES.log);
    const hasColumn = await queryRunner.hasColumn('user', 'email');
    if (hasColumn) await queryRunner.manager.query('CREATE INDEX "by_mail" ON "user" (lower("email"))');
    await Promise.all(
      ['one', 'two'].map((name) =>
        queryRunner.addColumn(NAMES.log, new TableColumn({ name, type: 'text', isNullable: true })),
      ),
    );
    if (queryRunner.connection.options.type === 'mysql') {
      await queryRunner.query('ALTER TABLE `user` ADD `only_mysql` int');
    } else {
      await queryRunner.query('ALTER TABLE "user" ADD "only_postgres" int');
    }
    await queryRunner.query(`
      DO $$ BEGIN
        CREATE TYPE size AS ENUM ('s', 'm');
      EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      -- CREATE INDEX CONCURRENTLY is not for a transaction
      ALTER TABLE ${NAMES.log} ADD size size;
    `);
  };

  public down = async (queryRunner: QueryRunner): Promise<void> => {
    await queryRunner.query('DROP INDEX "by_mail"');
    await queryRunner.query('ALTER TABLE "user" DROP "only_postgres", DROP "flag"');
    await dropStamps(queryRunner, NAMES.log);
    await queryRunner.dropTable(NAMES.log);
    await queryRunner.query('DROP TYPE size');
  };
}
