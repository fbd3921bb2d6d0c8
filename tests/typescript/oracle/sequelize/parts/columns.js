'use strict';

exports.owner = (DataTypes) => ({
  owner_id: { type: DataTypes.UUID, allowNull: false },
});
