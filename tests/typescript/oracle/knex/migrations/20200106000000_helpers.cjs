const audited = ['people', 'Teams'];

const addAudit = (knex, name) =>
  knex.schema.table(name, (table) => {
    addAuditColumns(table);
  });

function addAuditColumns(table) {
  table.timestamp('deleted_at');
  table.integer('deleted_by').references('id').inTable('people');
}

exports.up = async (knex) => {
  for (const name of audited) await addAudit(knex, name);
  await Promise.all(['sessions', 'paints'].map((name) => knex.schema.alterTable(name, (t) => t.text('note'))));
};

exports.down = async (knex) => {
  await Promise.all(['sessions', 'paints'].map((name) => knex.schema.alterTable(name, (t) => t.dropColumn('note'))));
  for (const name of audited) {
    await knex.schema.table(name, (table) => {
      table.dropForeign('deleted_by');
      table.dropColumns(['deleted_at', 'deleted_by']);
    });
  }
};
