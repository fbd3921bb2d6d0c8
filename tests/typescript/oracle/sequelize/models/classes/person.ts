import { DataTypes, Deferrable, literal, Model, Op, Sequelize, fn } from 'sequelize';
import { Company } from './company';
import { sequelize } from './database';

export class Person extends Model {
  static initModel(connection: Sequelize) {
    this.init(
      {
        personId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        company_id: {
          type: DataTypes.BIGINT,
          allowNull: true,
          references: { model: Company, key: 'id', deferrable: Deferrable.INITIALLY_DEFERRED },
          onDelete: 'set null',
        },
        bossId: { type: DataTypes.INTEGER, references: { model: 'People', key: 'personId' } },
        email: { type: DataTypes.CITEXT, allowNull: false },
        token: { type: DataTypes.UUID, defaultValue: literal('gen_random_uuid()'), allowNull: false },
        born: { type: DataTypes.DATE, defaultValue: fn('now') },
        level: { type: DataTypes.INTEGER, allowNull: false, defaultValue: -1 },
        nick: { type: DataTypes.STRING.BINARY, allowNull: false },
        note: { type: DataTypes.TEXT, defaultValue: () => 'made by the client' },
        height: DataTypes.REAL,
        place: DataTypes.GEOMETRY('POINT', 4326),
        words: DataTypes.TSVECTOR,
        choices: DataTypes.ARRAY(DataTypes.ENUM('a', 'b')),
      },
      {
        sequelize: connection,
        timestamps: false,
        indexes: [
          { fields: ['email'], unique: true, where: { deleted: null } },
          { fields: [fn('lower', Sequelize.col('email'))], name: 'people_lower_email' },
          { fields: ['company_id'], concurrently: true },
          { fields: ['words'], using: 'gin' },
          { fields: [{ name: 'nick', collate: 'C', order: 'ASC' }, 'level'], type: 'UNIQUE' },
          { fields: ['level'], where: { level: { [Op.gt]: 3 } }, name: 'people_high' },
        ],
      },
    );
    return this;
  }
}

Person.initModel(sequelize);
