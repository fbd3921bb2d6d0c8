import type { SqlSite } from '../../../ir/index.js';
import type { Receiver } from './receivers.js';

/**
 * What is said of an argument without any visible text: `report` any that is not constant, `param` a parameter or
 * request value, `request` a request value only.
 */
export type Bare = 'report' | 'param' | 'request';

/** An argument of a library call that reaches the database as written. */
export interface Sink {
  receiver: Receiver;
  method: string;
  argument: number;
  kind: SqlSite['kind'];
  bare: Bare;
  /** Where inside the argument the text stands: in these properties of an object, in its keys, in functions it holds. */
  within?: { properties?: readonly string[]; keys?: true; functions?: true };
}

const builder = (argument: number, ...methods: string[]): Sink[] =>
  methods.map((method) => ({ receiver: 'typeorm#QueryBuilder', method, argument, kind: 'fragment', bare: 'param' }));

const statement = (method: string, property: string | undefined, ...receivers: Receiver[]): Sink[] =>
  receivers.map((receiver) => ({
    receiver,
    method,
    argument: 0,
    kind: 'sql',
    bare: 'request',
    ...(property !== undefined && { within: { properties: [property] } }),
  }));

/** The sinks of each library, as rendered by running it. Arguments that the library quotes, binds or checks are not among them. */
export const sinks: readonly Sink[] = [
  ...statement(
    'query',
    undefined,
    'typeorm#DataSource',
    'typeorm#EntityManager',
    'typeorm#Repository',
    'typeorm#QueryRunner',
  ),
  ...builder(0, 'where', 'andWhere', 'orWhere', 'having', 'andHaving', 'orHaving'),
  ...builder(
    0,
    'groupBy',
    'addGroupBy',
    'select',
    'addSelect',
    'distinctOn',
    'from',
    'addFrom',
    'returning',
    'output',
    'timeTravelQuery',
  ),
  ...builder(0, 'orderBy', 'addOrderBy').map((sink) => ({ ...sink, within: { keys: true as const } })),
  ...builder(2, 'innerJoin', 'leftJoin', 'innerJoinAndSelect', 'leftJoinAndSelect', 'setLock'),
  ...builder(3, 'innerJoinAndMapOne', 'innerJoinAndMapMany', 'leftJoinAndMapOne', 'leftJoinAndMapMany'),
  ...builder(0, 'set', 'values').map((sink) => ({ ...sink, within: { functions: true as const } })),
  { receiver: 'typeorm#QueryBuilder', method: 'addCommonTableExpression', argument: 0, kind: 'sql', bare: 'request' },
  { receiver: 'typeorm#QueryRunner', method: 'clearTable', argument: 0, kind: 'identifier', bare: 'param' },
  ...statement('query', 'text', 'pg#Client'),
  ...statement('query', 'sql', 'mysql2#Connection'),
  ...statement('execute', 'sql', 'mysql2#Connection'),
  ...statement('prepare', 'sql', 'mysql2#Connection'),
];

/** Functions that are sinks by themselves: `Raw(…)` of typeorm, `raw(…)` of mysql2, `new Query(…)` of pg. */
export const functionSinks: { [module: string]: { [name: string]: { kind: SqlSite['kind']; bare: Bare } } } = {
  typeorm: { Raw: { kind: 'fragment', bare: 'report' } },
  pg: { Query: { kind: 'sql', bare: 'request' } },
  mysql2: { raw: { kind: 'fragment', bare: 'report' } },
  mysql: { raw: { kind: 'fragment', bare: 'report' } },
};

/** Methods that run SQL in many libraries. Without a known receiver they count only on text that starts like a statement. */
export const nameOnlyMethods: ReadonlySet<string> = new Set(['query', 'execute']);

/** Names that database handles go by. */
export const plausibleReceiver =
  /^(?:db|database|pool|client|conn|connection|knex|trx|tx|sequelize|prisma|em|manager|queryRunner|dataSource|repository)$|(?:Db|DB|Database|Pool|Client|Conn|Connection|EntityManager|QueryRunner|DataSource|Repository)$/;
