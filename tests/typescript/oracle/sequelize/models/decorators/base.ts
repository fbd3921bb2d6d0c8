import {
  AllowNull,
  Column,
  Comment,
  CreatedAt,
  DataType,
  Default,
  Model,
  PrimaryKey,
  Table,
} from 'sequelize-typescript';

/** What every table has. */
export abstract class Base<T extends object = object> extends Model<T> {
  @PrimaryKey
  @Default(DataType.UUIDV4)
  @Comment('Made by the application.')
  @Column(DataType.UUID)
  declare id: string;

  @CreatedAt
  @AllowNull(false)
  @Column
  declare createdOn: Date;
}

@Table({ underscored: true, timestamps: false })
export class Underscored<T extends object = object> extends Model<T> {}
