exports.config = { transaction: false };

exports.up = async (knex) => {
  await knex.raw('CREATE INDEX CONCURRENTLY ?? ON ?? (lower(??))', ['people_nick_lower', 'people', 'nick']);
  await knex.schema.raw(
    `CREATE UNIQUE INDEX CONCURRENTLY "sessions_live" ON "sessions" ("id") WHERE "expires" > '2020-01-01'`,
  );
};

exports.down = async (knex) => {
  await knex.raw('DROP INDEX CONCURRENTLY people_nick_lower');
  await knex.raw('DROP INDEX CONCURRENTLY :name:', { name: 'sessions_live' });
};
