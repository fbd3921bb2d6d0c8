exports.up = async (knex) => {
  await knex.schema.createSchemaIfNotExists('audit');
  await knex.schema.withSchema('audit').createTable('entries', (t) => {
    t.increments('id');
    t.string('what').notNullable().index().comment('What happened');
    t.integer('who').references('id').inTable('public.people');
    t.unique(['what', 'who']);
    t.check('?? <> 0', ['id'], 'not_zero');
  });
  await knex.schema.createTable('audit.marks', (t) => {
    t.integer('entry').notNullable();
    t.foreign(['entry']).references(['id']).inTable('audit.entries').onUpdate('no action');
    t.foreign('entry', 'mark_of_entry').references('id').inTable('audit.entries');
    t.index('entry');
  });
  await knex.schema.withSchema('audit').alterTable('entries', (t) => {
    t.dropIndex('what');
    t.string('whence').index();
    t.dropUnique(['what', 'who']);
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('audit.marks');
  await knex.schema.withSchema('audit').dropTable('entries');
  await knex.schema.dropSchema('audit');
};
