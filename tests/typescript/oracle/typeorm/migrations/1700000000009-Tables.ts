import {
  Table,
  TableCheck,
  TableColumn,
  TableExclusion,
  TableForeignKey,
  TableIndex,
  TableUnique,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';

const stamps = [
  { name: 'made_at', type: 'timestamptz', default: 'now()' },
  { name: 'gone_at', type: 'timestamp', precision: 3, isNullable: true },
];

/** The file's name says another time: that of the class counts. */
export class Tables1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'author',
        comment: 'Those who write',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'token', type: 'uuid', isGenerated: true, generationStrategy: 'uuid', default: 'gen_random_uuid()' },
          { name: 'seat', type: 'int', isGenerated: true, generationStrategy: 'identity', generatedIdentity: 'ALWAYS' },
          { name: 'name', type: 'varchar', length: '80', isUnique: true, comment: "The author's name" },
          { name: 'mood', type: 'enum', enum: ['glad', 'sad'], default: "'glad'" },
          { name: 'marks', type: 'enum', enum: ['a', 'b'], enumName: 'mark', isArray: true, isNullable: true },
          { name: 'tags', type: 'text', isArray: true, default: "'{}'" },
          { name: 'price', type: 'decimal', precision: 8, scale: 2, isNullable: true },
          { name: 'userId', type: 'uuid', isNullable: true },
          ...stamps,
        ],
        indices: [
          { columnNames: ['mood', 'price'] },
          { name: 'by_name', columnNames: ['name'], isUnique: true, where: 'name IS NOT NULL' },
        ],
        uniques: [{ columnNames: ['name', 'price'] }, new TableUnique({ name: 'one_token', columnNames: ['token'] })],
        checks: [{ expression: 'price > 0' }, { name: 'named', expression: "name <> ''" }],
        foreignKeys: [
          { columnNames: ['userId'], referencedTableName: 'user', referencedColumnNames: ['id'], onDelete: 'SET NULL' },
        ],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'shop.line',
        columns: [
          new TableColumn({ name: 'order_id', type: 'integer', isPrimary: true, primaryKeyConstraintName: 'line_key' }),
          new TableColumn({ name: 'place', type: 'smallint', isPrimary: true, primaryKeyConstraintName: 'line_key' }),
          new TableColumn({ name: 'span', type: 'int4range', isNullable: true }),
          new TableColumn({ name: 'note', type: 'character varying', length: '20', isNullable: true }),
        ],
      }),
    );
    await runner.createForeignKeys('shop.line', [
      new TableForeignKey({
        columnNames: ['order_id'],
        referencedTableName: 'shop.order',
        referencedColumnNames: ['id'],
      }),
    ]);
    await runner.createExclusionConstraint(
      'shop.line',
      new TableExclusion({ expression: 'USING gist ("span" WITH &&)' }),
    );
    await runner.createCheckConstraint('shop.line', new TableCheck({ name: 'positive', expression: 'place > 0' }));
    await runner.createIndices('shop.line', [
      new TableIndex({ columnNames: ['place', 'note'] }),
      new TableIndex({ name: 'by_note', columnNames: ['note'], isUnique: true }),
    ]);
    await runner.createUniqueConstraint(
      'shop.line',
      new TableUnique({ columnNames: ['note', 'place'], deferrable: 'INITIALLY DEFERRED' }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('shop.line');
    await runner.dropTable('author', true);
    await runner.query('DROP TYPE IF EXISTS "mark"');
  }
}
