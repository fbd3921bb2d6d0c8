import { TableColumn, type QueryRunner } from 'typeorm';

/** Columns that many tables have. */
export async function addStamps(runner: QueryRunner, table: string): Promise<void> {
  await runner.addColumns(table, [
    new TableColumn({ name: 'created', type: 'timestamptz', default: 'now()' }),
    new TableColumn({ name: 'changed', type: 'timestamptz', isNullable: true }),
  ]);
}

export const dropStamps = async (runner: QueryRunner, table: string): Promise<void> => {
  await runner.dropColumns(table, ['created', 'changed']);
};
