'use strict';

const { Model, literal } = require('sequelize');
const { roles, length } = require('./roles');

module.exports = (sequelize, DataTypes) => {
  /** Somebody who logs in. */
  class User extends Model {
    static associate(models) {
      User.hasMany(models.Post, { foreignKey: 'authorId', as: 'posts' });
      User.hasMany(models.Post, { foreignKey: 'editorId', as: 'edited', onDelete: 'CASCADE' });
      this.belongsToMany(models.Group, { through: models.Membership, foreignKey: 'userId', otherKey: 'groupId' });
      this.hasOne(models.OAuth2Token);
      const { Person } = models;
      User.belongsTo(Person, { as: 'self', foreignKey: { name: 'personNumber', allowNull: false } });
    }

    get label() {
      return this.firstName;
    }
  }

  User.init(
    {
      id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true, allowNull: false },
      email: { type: DataTypes.STRING, allowNull: false, unique: true, comment: 'Where letters go.' },
      firstName: DataTypes.STRING(length),
      lastName: { type: DataTypes.STRING(length), field: 'surname' },
      userID: { type: DataTypes.STRING, unique: 'login' },
      tenant: { type: DataTypes.SMALLINT, unique: 'login' },
      role: { type: DataTypes.ENUM(...roles), allowNull: false, defaultValue: 'member' },
      kind: { type: DataTypes.ENUM, values: ['person', 'robot'] },
      score: { type: DataTypes.DECIMAL(10, 2), defaultValue: 0 },
      ratio: { type: DataTypes.DOUBLE, defaultValue: 0.5 },
      active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      settings: { type: DataTypes.JSON },
      seenAt: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
      verifiedAt: { type: DataTypes.DATE(3), defaultValue: literal('CURRENT_TIMESTAMP') },
      birthday: DataTypes.DATEONLY,
      fullName: {
        type: DataTypes.VIRTUAL,
        get() {
          return `${this.firstName} ${this.lastName}`;
        },
      },
      avatar: DataTypes.BLOB,
    },
    {
      sequelize,
      modelName: 'User',
      paranoid: true,
      comment: 'People who log in.',
      indexes: [
        { fields: ['surname', 'first_name'] },
        { unique: true, fields: ['tenant', { name: 'email', order: 'DESC' }], name: 'users_by_tenant' },
      ],
      scopes: { active: { where: { active: true } } },
    },
  );

  return User;
};
