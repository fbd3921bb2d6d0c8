import { type Driver, fragment, pool, rawText, statement } from './driver.js';

/** Finders quote names and escape values: text gets through `query` and a few functions alone. */
export const sequelize: Driver = {
  library: 'sequelize',
  modules: /^(?:sequelize|sequelize-typescript|@sequelize\/core)$/,
  exports: {
    default: 'Sequelize',
    Sequelize: 'Sequelize',
    QueryInterface: 'QueryInterface',
    Model: 'Model',
  },
  members: {
    Sequelize: { getQueryInterface: 'QueryInterface', Sequelize: 'Sequelize' },
    QueryInterface: { sequelize: 'Sequelize' },
    Model: { sequelize: 'Sequelize' },
  },
  sinks: [
    statement('Sequelize', ['query'], 'query'),
    rawText('Sequelize', ['literal', 'fn']),
    fragment('Sequelize', ['cast'], 1, 'report'),
    { on: 'QueryInterface', methods: ['createFunction'], argument: 0, kind: 'fragment', bare: 'param' },
  ],
  connects: {
    Sequelize: pool('new Sequelize()', { url: true, leading: ['database', 'username', 'password'] }),
    default: pool('new Sequelize()', { url: true, leading: ['database', 'username', 'password'] }),
  },
  functions: {
    literal: { kind: 'fragment', bare: 'report' },
    fn: { kind: 'fragment', bare: 'report' },
    cast: { kind: 'fragment', bare: 'report', argument: 1 },
  },
};
