'use strict';

const { Sequelize } = require('sequelize');

module.exports = new Sequelize('postgres://app@localhost/app', {
  logging: false,
  define: { underscored: true },
});
