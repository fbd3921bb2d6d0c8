import { Sequelize, type QueryInterface } from 'sequelize';
import { Umzug, memoryStorage } from 'umzug';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import { thereAndBack } from '../there-and-back.js';
import { migrationFiles as files, migrationModules } from './library.js';

const modules = migrationModules();
const names = modules.map(([path]) => path);

/** The project with its first migrations only. */
const until = (count: number): Promise<Project> =>
  projectOf(
    { ...Object.fromEntries(Object.entries(files).filter(([path]) => !names.slice(count).includes(path))) },
    { folders: [{ path: 'migrations', runner: 'sequelize' }] },
  );

thereAndBack({
  library: 'Sequelize',
  names,
  until,
  connect(postgres) {
    const sequelize = new Sequelize(postgres.url, { logging: false, pool: { max: 1, min: 0 } });
    const umzug = new Umzug<QueryInterface>({
      migrations: modules.map(([name, module]) => {
        // What sequelize-cli gives, or what umzug does.
        const args = (given: { context: QueryInterface }): unknown[] =>
          files[name]!.includes('umzug') ? [given] : [given.context, Sequelize];
        return {
          name,
          up: (given: { context: QueryInterface }) => module.up(...args(given)),
          down: (given: { context: QueryInterface }) => module.down(...args(given)),
        };
      }),
      context: sequelize.getQueryInterface(),
      storage: memoryStorage(),
      logger: undefined,
    });
    return Promise.resolve({
      up: () => umzug.up({ step: 1 }),
      down: () => umzug.down({ step: 1 }),
      close: () => sequelize.close(),
    });
  },
});
