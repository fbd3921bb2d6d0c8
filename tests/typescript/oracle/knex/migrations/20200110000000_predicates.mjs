export async function up(knex) {
  await knex.schema.alterTable('people', (t) => {
    t.index(['email'], 'people_live', { predicate: knex.whereNull('deleted_at') });
    t.unique(['nick'], { indexName: 'people_nick_live', predicate: knex.whereNotNull('email') });
    t.unique(['phone'], { useConstraint: false });
    t.index(knex.raw('lower(email)'), 'people_email_lower');
    t.index(['created_at'], null, 'brin');
  });
  await knex.schema.createTableLike('people_archive', 'people', (t) => {
    t.timestamp('archived_at');
  });
  await knex.schema.dropTable('people_archive');
  await knex.schema.createView('live_people', (view) => {
    view.columns(['id']);
    view.as(knex('people').select('id').whereNull('deleted_at'));
  });
}

export async function down(knex) {
  await knex.schema.dropView('live_people');
  await knex.schema.alterTable('people', (t) => {
    t.dropIndex(null, 'people_live');
    t.dropIndex([], 'people_nick_live');
    t.dropIndex([], 'people_phone_unique');
    t.dropIndex([], 'people_email_lower');
    t.dropIndex('created_at');
  });
}
