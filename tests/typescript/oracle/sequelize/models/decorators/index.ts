export { sequelize } from './database';
