exports.up = async (knex) => {
  await knex('people').insert({ email: 'a@example.org', nick: 'a', role: 'admin', phone: '1' });
  const people = await knex('people').select('id').where({ role: 'admin' });
  for (const { id } of people) await knex('people').where({ id }).update({ bio: 'x' });
  await knex.transaction(async (trx) => {
    await trx('people').whereNotNull('bio').update('bio', null);
    await trx.schema.renameTable('settings', 'options');
  });
  await knex('sessions').del();
};

exports.down = async (knex) => {
  const trx = await knex.transaction();
  await trx.schema.renameTable('options', 'settings');
  await trx.commit();
  await knex.from('people').where('email', 'a@example.org').delete();
};
