exports.up = function (knex) {
  return knex.schema
    .hasTable('settings')
    .then((exists) => {
      if (!exists) {
        return knex.schema.createTable('settings', (t) => {
          t.string('key').primary();
          t.jsonb('value');
        });
      }
    })
    .then(() => knex.schema.hasColumn('settings', 'value'))
    .then(async () => {
      if (!(await knex.schema.hasColumn('settings', 'scope'))) {
        await knex.schema.alterTable('settings', (t) => {
          t.string('scope', 10).notNullable().defaultTo('all').checkIn(['all', 'one'], 'known_scope');
          t.integer('weight').checkPositive();
        });
      }
    });
};

exports.down = function (knex) {
  return knex.schema.dropTableIfExists('settings');
};
