export const up = async (knex) => {
  await knex.schema
    .createTable('Teams', (t) => {
      t.uuid('id', { primaryKey: true });
      t.string('Name').notNullable();
      t.integer('owner').unsigned().references('people.id').onUpdate('CASCADE').onDelete('SET NULL').index('by_owner');
      t.integer('parent-id');
    })
    .createTable('team_members', (t) => {
      t.uuid('team_id').notNullable();
      t.integer('person_id').notNullable();
      t.foreign('team_id').references('id').inTable('Teams').onDelete('cascade').deferrable('deferred');
      t.foreign(['person_id'], 'member_is_person').references(['id']).on('people');
      t.primary(['team_id', 'person_id']);
    });
};

export const down = async (knex) => {
  await knex.schema.dropTable('team_members');
  await knex.schema.dropTable('Teams');
};
