import {
  Association,
  DataTypes,
  type CreationOptional,
  type HasManyGetAssociationsMixin,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { Base, connected, key } from './base';
import type { Person } from './person';

export enum Size {
  Small = 'small',
  Large = 'large',
}

export class Company extends Base {
  /** As in the register of companies. */
  declare name: string;
  declare size: Size | null;
  declare getPeople: HasManyGetAssociationsMixin<Person>;
  declare static associations: { people: Association<Company, Person> };
}

Company.init(
  {
    ...key,
    name: { type: DataTypes.STRING(120), allowNull: false, unique: true },
    size: { type: DataTypes.ENUM, values: Object.values(Size) },
    tags: { type: DataTypes.ARRAY(DataTypes.STRING(20)), allowNull: false, defaultValue: [] },
    profile: { type: DataTypes.JSONB, allowNull: false, defaultValue: {}, comment: 'What we know of it.' },
    span: DataTypes.RANGE(DataTypes.DATEONLY),
    site: { type: new DataTypes.STRING(255), defaultValue: '' },
    address: DataTypes.INET,
    founded: { type: 'TIMESTAMP', defaultValue: null },
  },
  { ...connected, tableName: 'companies', schema: 'crm' },
);
