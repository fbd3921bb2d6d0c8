import { fragment, pool, rawText, type Driver } from './driver.js';

const rawClauses = [
  ...['whereRaw', 'orWhereRaw', 'andWhereRaw', 'havingRaw', 'orHavingRaw', 'andHavingRaw', 'groupByRaw', 'orderByRaw'],
  ...['joinRaw', 'fromRaw'],
] as const;

export const knex: Driver = {
  library: 'knex',
  modules: /^knex$/,
  exports: {
    default: 'module',
    knex: 'module',
    Knex: 'Knex',
    'Knex.Transaction': 'Knex',
    'Knex.QueryBuilder': 'QueryBuilder',
    'Knex.QueryInterface': 'QueryBuilder',
    'Knex.SchemaBuilder': 'SchemaBuilder',
    'Knex.TableBuilder': 'TableBuilder',
    'Knex.CreateTableBuilder': 'TableBuilder',
    'Knex.AlterTableBuilder': 'TableBuilder',
    'Knex.ColumnBuilder': 'ColumnBuilder',
  },
  members: {
    module: { '()': 'Knex', knex: 'module', Knex: 'Knex' },
    Knex: {
      '()': 'QueryBuilder',
      '*': 'QueryBuilder',
      raw: 'Raw',
      ref: 'Raw',
      fn: 'Raw',
      schema: 'SchemaBuilder',
      transaction: 'Knex',
      transactionProvider: 'TransactionProvider',
      withUserParams: 'Knex',
      client: 'none',
      migrate: 'none',
      seed: 'none',
      context: 'none',
      destroy: 'none',
      initialize: 'none',
      commit: 'none',
      rollback: 'none',
    },
    TransactionProvider: { '()': 'Knex' },
    QueryBuilder: { '*': 'QueryBuilder', toSQL: 'none', toString: 'none', toQuery: 'none', stream: 'none' },
    SchemaBuilder: { '*': 'SchemaBuilder' },
    TableBuilder: { '*': 'ColumnBuilder' },
    ColumnBuilder: { '*': 'ColumnBuilder' },
  },
  callbacks: {
    Knex: { transaction: 'Knex', '*': 'QueryBuilder' },
    QueryBuilder: { '*': 'QueryBuilder', then: 'none', catch: 'none', finally: 'none', map: 'none', on: 'none' },
    SchemaBuilder: { '*': 'TableBuilder', then: 'none', catch: 'none', finally: 'none' },
  },
  sinks: [
    rawText('Knex', ['raw'], 'sql'),
    rawText('SchemaBuilder', ['raw'], 'sql'),
    ...['Knex', 'QueryBuilder'].map((on) => rawText(on, rawClauses)),
    fragment('QueryBuilder', ['orderBy'], 2),
    fragment('QueryBuilder', ['hintComment']),
    ...['TableBuilder', 'ColumnBuilder'].flatMap((on) => [
      fragment(on, ['specificType'], 1),
      fragment(on, ['check', 'onDelete', 'onUpdate', 'deferrable', 'engine', 'charset', 'collate']),
    ]),
    ...[0, 1].map((argument) => fragment('Raw', ['wrap'], argument)),
  ],
  connects: { default: pool('knex()', { url: true }), knex: pool('knex()', { url: true }) },
  awaitable: ['QueryBuilder', 'SchemaBuilder', 'Raw'],
};

/** Objection's models and queries; a query has what a Knex query has. */
export const objection: Driver = {
  library: 'objection',
  modules: /^objection$/,
  exports: {
    Model: 'Model',
    'default.Model': 'Model',
    QueryBuilder: 'QueryBuilder',
    AnyQueryBuilder: 'QueryBuilder',
    QueryBuilderType: 'QueryBuilder',
    ref: 'Reference',
  },
  members: {
    Model: {
      query: 'QueryBuilder',
      relatedQuery: 'QueryBuilder',
      $query: 'QueryBuilder',
      $relatedQuery: 'QueryBuilder',
      knex: 'knex#Knex',
      $knex: 'knex#Knex',
      knexQuery: 'knex#QueryBuilder',
      bindKnex: 'Model',
      bindTransaction: 'Model',
    },
    QueryBuilder: { '*': 'QueryBuilder', toKnexQuery: 'knex#QueryBuilder', toString: 'none' },
    Reference: { '*': 'Reference' },
  },
  callbacks: {
    Model: { transaction: 'knex#Knex', startTransaction: 'knex#Knex' },
    QueryBuilder: {
      '*': 'QueryBuilder',
      then: 'none',
      catch: 'none',
      finally: 'none',
      map: 'none',
      onBuild: 'QueryBuilder',
    },
  },
  sinks: [
    rawText('Model', ['raw']),
    rawText('QueryBuilder', rawClauses),
    fragment('QueryBuilder', ['orderBy'], 2),
    rawText('Reference', ['castTo']),
  ],
  functions: { raw: { kind: 'fragment', bare: 'report' }, fn: { kind: 'fragment', bare: 'report' } },
  awaitable: ['QueryBuilder'],
};
