import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

export class Renames1700000000004 implements MigrationInterface {
  name = 'Renames1700000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropPrimaryKey('shop.line', 'line_key');
    await queryRunner.createPrimaryKey('shop.line', ['order_id', 'place']);
    await queryRunner.createTable(
      new Table({
        name: 'note',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, primaryKeyConstraintName: 'note_key' },
          { name: 'text', type: 'text', isNullable: true },
        ],
        indices: [{ name: 'by_text', columnNames: ['text'] }],
      }),
    );
    await queryRunner.renameColumn('note', 'text', 'body');
    await queryRunner.renameTable('note', 'memo');
    await queryRunner.dropIndex('memo', 'by_text');
    await queryRunner.addColumn('memo', new TableColumn({ name: 'rank', type: 'int', isNullable: true }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('memo');
    await queryRunner.dropPrimaryKey('shop.line');
    await queryRunner.createPrimaryKey('shop.line', ['order_id', 'place'], 'line_key');
  }
}
