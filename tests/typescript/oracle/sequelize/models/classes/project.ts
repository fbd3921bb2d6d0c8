import { DataTypes, Model } from 'sequelize';
import { Company } from './company';
import { sequelize } from './database';
import { Person } from './person';

export class Project extends Model {}

Project.init(
  { title: { type: DataTypes.STRING, allowNull: false }, ownerId: { type: DataTypes.INTEGER, allowNull: false } },
  { sequelize, modelName: 'project', underscored: true, paranoid: true, deletedAt: 'removed' },
);

export class Assignment extends Model {}

Assignment.init(
  { id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, hours: DataTypes.INTEGER },
  { sequelize, timestamps: false },
);

Company.hasMany(Person, { foreignKey: 'company_id' });
Person.belongsTo(Company, { foreignKey: 'company_id' });
Person.belongsTo(Person, { as: 'boss', foreignKey: 'bossId', onDelete: 'SET NULL' });
Project.belongsTo(Person, { as: 'owner', foreignKey: { name: 'ownerId' } });
Project.belongsTo(Company, { foreignKey: { allowNull: false }, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' });
Person.belongsToMany(Project, { through: Assignment, as: 'work' });
Project.belongsToMany(Person, { through: { model: Assignment, unique: false } });
Company.belongsToMany(Company, { through: 'Partner', as: 'partners', foreignKey: 'left_id', otherKey: 'right_id' });
