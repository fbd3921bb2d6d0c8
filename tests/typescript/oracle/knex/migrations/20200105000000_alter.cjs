exports.up = async function (knex) {
  await knex.schema.alterTable('people', (table) => {
    table.string('phone', 20).after('email').comment('With country code');
    table.string('country', 2).notNullable().defaultTo('NL');
    table.text('nick').notNullable().defaultTo('nobody').alter();
    table.boolean('active').nullable().alter({ alterType: false });
    table.dropIndex('nick');
    table.dropUnique(['email']);
    table.unique('email', { indexName: 'people_email_once' });
    table.renameColumn('seenAt', 'seen_at');
    table.index(['country', 'phone'], 'people_by_place', { storageEngineIndexType: 'btree' });
  });
  await knex.schema.table('people', (table) => {
    table.dropNullable('phone');
    table.setNullable('country');
    table.comment('Everyone');
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('people', (table) => {
    table.dropColumns('phone', 'country');
    table.string('nick', 40).nullable().alter();
    table.boolean('active').notNullable().defaultTo(true).alter({ alterNullable: true });
    table.dropUnique([], 'people_email_once');
    table.index('nick');
    table.unique(['email']);
    table.renameColumn('seen_at', 'seenAt');
    table.comment('Everyone who ever signed in');
  });
};
