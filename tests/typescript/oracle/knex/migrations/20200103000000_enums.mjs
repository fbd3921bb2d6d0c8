const colours = ['red', 'green', 'blue'];

/** @param {import('knex').Knex} knex */
export async function up(knex) {
  await knex.schema.createTable('paints', (table) => {
    table.increments('id', { primaryKey: false });
    table.enum('colour', colours, { useNative: true, enumName: 'colour' }).notNullable();
    table.enu('base', colours, { useNative: true, existingType: true, enumName: 'colour' });
    table.enum('finish', ['matt', 'gloss'], { useNative: false });
    table.primary(['id', 'colour'], { constraintName: 'paint_key' });
    table.unique(['colour', 'finish'], { indexName: 'one_of_each', deferrable: 'deferred' });
  });
}

export async function down(knex) {
  await knex.schema.dropTable('paints');
  await knex.raw('DROP TYPE ??', ['colour']);
}
