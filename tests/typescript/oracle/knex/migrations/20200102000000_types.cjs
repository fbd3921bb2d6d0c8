const table = 'every_type';

module.exports = {
  async up(knex) {
    await knex.schema.createTable(table, (t) => {
      t.bigIncrements('key');
      t.tinyint('tiny');
      t.smallint('small');
      t.mediumint('medium');
      t.bigInteger('big');
      t.decimal('price', 10, 4);
      t.decimal('loose', null);
      t.decimal('usual');
      t.float('ratio');
      t.double('exact');
      t.bit('flags', { length: 4 });
      t.date('day');
      t.time('hour');
      t.datetime('at', { precision: 0 });
      t.timestamp('old_style', true, 2);
      t.binary('bytes', 16);
      t.jsonb('doc').defaultTo({ tags: [] });
      t.point('place');
      t.specificType('tags', 'text[]');
      t.specificType('amount', 'numeric(12,2)').defaultTo(0);
      t.specificType('range', 'int4range');
      t.integer('empty').defaultTo(null);
      t.string('quoted').defaultTo("it's");
    });
  },
  down: async (knex) => {
    await knex.schema.dropTable(table);
  },
};
