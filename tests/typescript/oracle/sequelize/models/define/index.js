'use strict';

const Sequelize = require('sequelize');
const sequelize = require('./database');

// As reading the folder gives them.
const files = [
  './audit',
  './child',
  './group',
  './http-server',
  './membership',
  './oauth2-token',
  './person',
  './post',
  './series',
  './status',
  './tag',
  './user',
];
const db = {};

for (const file of files) {
  const model = require(file)(sequelize, Sequelize.DataTypes);
  db[model.name] = model;
}

Object.keys(db).forEach((name) => {
  if (db[name].associate) db[name].associate(db);
});

db.sequelize = sequelize;
db.Sequelize = Sequelize;

module.exports = db;
