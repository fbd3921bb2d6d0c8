'use strict';

module.exports = (sequelize, DataTypes) => {
  const Child = sequelize.define(
    'Child',
    {
      parentNumber: {
        type: DataTypes.INTEGER,
        references: { model: 'people', key: 'number' },
        onDelete: 'RESTRICT',
        onUpdate: 'NO ACTION',
      },
    },
    { createdAt: 'born', updatedAt: false },
  );
  Child.associate = (models) => {
    Child.belongsTo(models.Person, { as: 'guardian', targetKey: 'number', onDelete: 'CASCADE' });
    models.Person.hasMany(Child, { as: 'wards', foreignKey: 'guardianNumber' });
    models.Person.hasMany(models.Series);
  };
  return Child;
};
