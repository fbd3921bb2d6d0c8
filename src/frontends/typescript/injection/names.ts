/** Methods that run SQL in many libraries. Without a known receiver they count only on text that starts like a statement. */
export const nameOnlyMethods: ReadonlySet<string> = new Set([
  'query',
  'execute',
  'raw',
  'exec',
  'prepare',
  'run',
  'all',
  'get',
  'unsafe',
  '$queryRawUnsafe',
  '$executeRawUnsafe',
]);

/** Names that database handles go by. */
export const plausibleReceiver =
  /^(?:db|database|pool|client|conn|connection|knex|trx|tx|sequelize|prisma|em|manager|queryRunner|dataSource|repository)$|(?:Db|DB|Database|Pool|Client|Conn|Connection|EntityManager|QueryRunner|DataSource|Repository)$/;
