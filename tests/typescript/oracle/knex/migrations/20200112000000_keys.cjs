exports.up = (knex) =>
  knex.schema
    .alterTable('team_members', (t) => {
      t.dropForeign(['person_id'], 'member_is_person');
      t.dropPrimary();
      t.unique(['team_id', 'person_id']);
    })
    .alterTable('team_members', (t) => {
      t.increments('id');
    })
    .alterTable('paints', (t) => {
      t.dropPrimary('paint_key');
      t.dropUnique(null, 'one_of_each');
      t.primary('id');
    })
    .alterTable('options', (t) => {
      t.dropChecks(['known_scope']);
    });

exports.down = (knex) =>
  knex.schema
    .alterTable('options', (t) => {
      t.check("scope in ('all', 'one')", undefined, 'known_scope');
    })
    .alterTable('paints', (t) => {
      t.dropPrimary();
      t.primary(['id', 'colour'], 'paint_key');
      t.unique(['colour', 'finish'], { indexName: 'one_of_each', deferrable: 'deferred' });
    })
    .alterTable('team_members', (t) => {
      t.dropUnique(['team_id', 'person_id']);
      t.dropPrimary();
      t.dropColumn('id');
      t.primary(['team_id', 'person_id']);
      t.foreign(['person_id'], 'member_is_person').references(['id']).on('people');
    });
