import { TableColumn, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

export class Columns1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(
      'user',
      new TableColumn({ name: 'nick', type: 'varchar', length: '30', isNullable: true }),
    );
    await queryRunner.addColumns('user', [
      new TableColumn({ name: 'age', type: 'int', default: 18, isUnique: true }),
      new TableColumn({ name: 'leader_id', type: 'uuid', isNullable: true, comment: 'Whom they follow' }),
    ]);
    await queryRunner.createForeignKey(
      'user',
      new TableForeignKey({
        name: 'fk_leader',
        columnNames: ['leader_id'],
        referencedTableName: 'user',
        referencedColumnNames: ['id'],
        onDelete: 'SET NULL',
        onUpdate: 'CASCADE',
        deferrable: 'INITIALLY IMMEDIATE',
      }),
    );
    await queryRunner.createIndex('user', new TableIndex({ columnNames: ['leader_id'] }));
    await queryRunner.changeTableComment('user', 'Those who log in');
    await queryRunner.renameColumn('user', 'nick', 'nickname');
    await queryRunner.changeColumn(
      'user',
      'nickname',
      new TableColumn({ name: 'nickname', type: 'varchar', length: '30', isNullable: false, default: "'nobody'" }),
    );
    await queryRunner.changeColumn(
      'user',
      'age',
      new TableColumn({ name: 'years', type: 'int', isNullable: true, isUnique: true, default: 18 }),
    );
    await queryRunner.changeColumn(
      'author',
      'price',
      new TableColumn({ name: 'price', type: 'bigint', isNullable: true }),
    );
    await queryRunner.dropColumns('author', ['gone_at', 'tags']);
    await queryRunner.dropIndex('author', 'by_name');
    await queryRunner.dropUniqueConstraint('author', 'one_token');
    await queryRunner.dropCheckConstraint('author', 'named');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('author', [
      new TableColumn({ name: 'tags', type: 'text', isArray: true, isNullable: true }),
      new TableColumn({ name: 'gone_at', type: 'timestamp', isNullable: true }),
    ]);
    await queryRunner.dropForeignKey('user', 'fk_leader');
    await queryRunner.dropColumn('user', 'leader_id');
    await queryRunner.dropColumns('user', [
      new TableColumn({ name: 'years', type: 'int' }),
      new TableColumn({ name: 'nickname', type: 'varchar' }),
    ]);
    await queryRunner.changeTableComment('user', undefined);
  }
}
