'use strict';

const ADMIN = 'admin';

exports.roles = [ADMIN, 'member', "guest's"];
exports.length = 40;
exports.tracked = (DataTypes) => ({
  createdBy: { type: DataTypes.UUID, comment: 'Who made it.' },
});
