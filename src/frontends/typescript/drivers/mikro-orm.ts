import { fragment, pool, rawText, statement, type Driver } from './driver.js';

export const mikroOrm: Driver = {
  library: 'mikro-orm',
  modules: /^@mikro-orm\/[\w-]+(?:\/\w+)?$/,
  exports: {
    MikroORM: 'MikroORM',
    EntityManager: 'EntityManager',
    SqlEntityManager: 'EntityManager',
    EntityRepository: 'Repository',
    SqlEntityRepository: 'Repository',
    QueryBuilder: 'QueryBuilder',
    Migration: 'Migration',
    sql: 'sql',
  },
  members: {
    MikroORM: { em: 'EntityManager', init: 'MikroORM', initSync: 'MikroORM' },
    EntityManager: {
      fork: 'EntityManager',
      getConnection: 'Connection',
      getKnex: 'knex#Knex',
      createQueryBuilder: 'QueryBuilder',
      qb: 'QueryBuilder',
      getRepository: 'Repository',
    },
    Repository: {
      createQueryBuilder: 'QueryBuilder',
      qb: 'QueryBuilder',
      getKnex: 'knex#Knex',
      em: 'EntityManager',
      getEntityManager: 'EntityManager',
    },
    QueryBuilder: { '*': 'QueryBuilder', getKnex: 'knex#Knex', getKnexQuery: 'knex#QueryBuilder' },
    Migration: { getKnex: 'knex#Knex', getEntityManager: 'EntityManager' },
  },
  callbacks: {
    EntityManager: { transactional: 'EntityManager' },
    MikroORM: {},
    QueryBuilder: { '*': 'QueryBuilder', then: 'none' },
  },
  sinks: [
    ...['EntityManager', 'Connection', 'Migration'].map((on) => statement(on, ['execute'])),
    statement('Migration', ['addSql']),
    fragment('QueryBuilder', ['where', 'andWhere', 'orWhere', 'having', 'indexHint', 'hintComment', 'comment']),
    rawText('sql', ['raw']),
    fragment('sql', ['now']),
  ],
  connects: {
    defineConfig: pool('defineConfig()'),
    MikroORM: pool('new MikroORM()'),
    'MikroORM.init': pool('MikroORM.init()'),
    'MikroORM.initSync': pool('MikroORM.initSync()'),
    'MikroOrmModule.forRoot': pool('MikroOrmModule.forRoot()'),
    'MikroOrmModule.forRootAsync': pool('MikroOrmModule.forRootAsync()'),
  },
  functions: { raw: { kind: 'fragment', bare: 'report' } },
  awaitable: ['QueryBuilder'],
};
