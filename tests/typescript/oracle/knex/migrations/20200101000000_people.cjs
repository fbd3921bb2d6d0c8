exports.up = function (knex) {
  return knex.schema
    .createTable('people', function (table) {
      table.comment('Everyone who ever signed in');
      table.increments();
      table.string('email').notNullable().unique();
      table.string('nick', 40).nullable().index();
      table.text('bio', 'longtext').comment("In the person's own words");
      table.boolean('active').notNullable().defaultTo(true);
      table.enu('role', ['admin', 'editor', 'reader']).notNullable().defaultTo('reader');
      table.timestamp('seenAt', { useTz: false, precision: 3 });
      table.timestamps(true, true);
    })
    .createTable('sessions', function () {
      this.uuid('id').primary().defaultTo(knex.fn.uuid());
      this.integer('person_id').unsigned().notNullable().references('id').inTable('people').onDelete('CASCADE');
      this.json('data');
      this.dateTime('expires').notNullable().defaultTo(knex.fn.now());
      this.index(['person_id', 'expires']);
    });
};

exports.down = (knex) => knex.schema.dropTable('sessions').dropTableIfExists('people');
