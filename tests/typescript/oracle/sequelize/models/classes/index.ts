export { sequelize } from './database';
export { Company } from './company';
export { Person } from './person';
export { Assignment, Project } from './project';
export * from './look-alikes';
