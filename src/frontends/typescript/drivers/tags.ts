import { type Driver, fragment, pool, rawText, statement } from './driver.js';

export const kysely: Driver = {
  library: 'kysely',
  modules: /^kysely$/,
  exports: {
    sql: 'sql',
    CompiledQuery: 'CompiledQuery',
    Kysely: 'Kysely',
    Transaction: 'Kysely',
    ControlledTransaction: 'Kysely',
    SchemaModule: 'Schema',
  },
  members: {
    Kysely: {
      schema: 'Schema',
      transaction: 'TransactionBuilder',
      connection: 'ConnectionBuilder',
      startTransaction: 'TransactionBuilder',
      withSchema: 'Kysely',
      withPlugin: 'Kysely',
      withoutPlugins: 'Kysely',
      withTables: 'Kysely',
      with: 'Kysely',
      withRecursive: 'Kysely',
      deleteFrom: 'DeleteQueryBuilder',
      updateTable: 'UpdateQueryBuilder',
    },
    Schema: { createIndex: 'CreateIndexBuilder', withSchema: 'Schema' },
    CreateIndexBuilder: { '*': 'CreateIndexBuilder' },
    TransactionBuilder: {
      setIsolationLevel: 'TransactionBuilder',
      setAccessMode: 'TransactionBuilder',
      execute: 'Kysely',
    },
    DeleteQueryBuilder: { '*': 'DeleteQueryBuilder' },
    UpdateQueryBuilder: { '*': 'UpdateQueryBuilder' },
  },
  callbacks: { TransactionBuilder: { execute: 'Kysely' }, ConnectionBuilder: { execute: 'Kysely' } },
  sinks: [rawText('sql', ['raw']), rawText('CompiledQuery', ['raw'], 'sql'), fragment('CreateIndexBuilder', ['using'])],
  awaitable: ['DeleteQueryBuilder', 'UpdateQueryBuilder'],
};

export const drizzle: Driver = {
  library: 'drizzle',
  modules: /^drizzle-orm(?:\/[\w-]+)*$/,
  exports: {
    sql: 'sql',
    drizzle: 'Database',
    PgDatabase: 'Database',
    PgTransaction: 'Database',
    NodePgDatabase: 'Database',
    PostgresJsDatabase: 'Database',
    NeonDatabase: 'Database',
    NeonHttpDatabase: 'Database',
    PgliteDatabase: 'Database',
    VercelPgDatabase: 'Database',
    MySqlDatabase: 'Database',
    MySqlTransaction: 'Database',
    MySql2Database: 'Database',
    PlanetScaleDatabase: 'Database',
    BaseSQLiteDatabase: 'Database',
    SQLiteTransaction: 'Database',
    BetterSQLite3Database: 'Database',
    LibSQLDatabase: 'Database',
    DrizzleD1Database: 'Database',
  },
  members: {
    Database: { transaction: 'Database', select: 'Select', selectDistinct: 'Select' },
    Select: { '*': 'Select' },
  },
  callbacks: { Database: { transaction: 'Database' } },
  sinks: [
    rawText('sql', ['raw']),
    statement('Database', ['execute', 'run', 'all', 'get', 'values']),
    fragment('Select', ['for']),
  ],
  connects: { drizzle: pool('drizzle()', { url: true, wraps: true }) },
  awaitable: ['Select'],
};

/** The generated client stands wherever its generator is told to put it. */
export const prisma: Driver = {
  library: 'prisma',
  modules: /^@prisma\/client(?:\/[\w-]+)*$|(?:^|\/)generated\/prisma(?:\/[\w-]+)*$|^\.prisma\/client$/,
  exports: {
    PrismaClient: 'Client',
    Prisma: 'Prisma',
    'Prisma.TransactionClient': 'Client',
    'Prisma.DefaultPrismaClient': 'Client',
  },
  members: { Client: { $extends: 'Client', $replica: 'Client', $primary: 'Client', '*': 'Delegate' } },
  connects: { PrismaClient: pool('new PrismaClient()', { bare: true }) },
  callbacks: { Client: { $transaction: 'Client' } },
  sinks: [
    rawText('Client', ['$queryRawUnsafe', '$executeRawUnsafe'], 'sql'),
    // Written as tags they bind; called with text behind a cast they do not.
    statement('Client', ['$queryRaw', '$executeRaw']),
    rawText('Prisma', ['raw']),
    ...[1, 2, 3].map((argument) => fragment('Prisma', ['join'], argument)),
  ],
};

export const sqlTags: readonly Driver[] = [
  {
    library: 'sql-template-tag',
    modules: /^sql-template-tag$/,
    functions: { raw: { kind: 'fragment', bare: 'report' } },
  },
  {
    library: '@nearform/sql',
    modules: /^@nearform\/sql$/,
    exports: { default: 'SQL' },
    sinks: [rawText('SQL', ['unsafe'])],
  },
  {
    library: '@databases/sql',
    modules: /^@databases\/(?:sql|pg|mysql|sqlite|sqlite-sync)$/,
    exports: { default: 'sql', sql: 'sql' },
    sinks: [rawText('sql', ['__dangerous__rawValue'])],
  },
];
