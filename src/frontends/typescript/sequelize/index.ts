import { declaredBy, type Library } from '../library.js';
import { baseOrigin, referencesIn } from '../linking/references.js';
import type { Declarations } from './declarations.js';
import { declarationsOf } from './declare.js';
import { sequelizeMigrations } from './migration.js';
import { isSequelize } from './modules.js';
import { modelsOf } from './project.js';
import { sequelizeUsages } from './usage.js';

/** Sequelize: models by `define`, `init` and decorators, migrations with the query interface. */
export const sequelize: Library = {
  name: 'sequelize',
  read(unit, facts) {
    sequelizeMigrations(unit, facts);
    sequelizeUsages(unit, facts);
  },
  declare: declarationsOf,
  awaits(symbols) {
    const declared = declaredBy<Declarations>('sequelize', symbols);
    const values = [
      ...(declared?.models ?? []).flatMap(({ attributes, options, name, connection }) => [
        attributes,
        options,
        name,
        connection,
      ]),
      ...(declared?.associations ?? []).map(({ options }) => options),
      ...(declared?.connections ?? []).map(({ define }) => define),
    ];
    const classes = symbols.classes.filter(({ members, decorators }) =>
      [...decorators, ...members.flatMap((member) => member.decorators)].some(({ origin }) =>
        isSequelize(origin.module),
      ),
    );
    return [...values.flatMap(referencesIn), ...classes.flatMap(baseOrigin)];
  },
  models: modelsOf,
};
