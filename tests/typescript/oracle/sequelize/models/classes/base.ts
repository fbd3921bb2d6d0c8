import { DataTypes, Model, type ModelAttributes, type ModelOptions } from 'sequelize';
import { sequelize } from './database';

/** What all tables have. */
export abstract class Base extends Model {
  declare id: number;
}

export const key = {
  id: { type: DataTypes.BIGINT, autoIncrement: true, primaryKey: true },
} satisfies ModelAttributes;

export const shared: ModelOptions = { timestamps: true, createdAt: 'created_at', updatedAt: 'updated_at' };

export const connected = { sequelize, ...shared };
