import { Sequelize, type Options } from 'sequelize';

const options: Options = { dialect: 'postgres', database: 'app', logging: false, define: { schema: undefined } };

export const sequelize = new Sequelize(options);
