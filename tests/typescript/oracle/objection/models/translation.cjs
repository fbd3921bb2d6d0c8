const { Model } = require('objection');

class Translation extends Model {}
Translation.tableName = 'translations';

module.exports = class extends Model {
  static get tableName() {
    return 'app.translations';
  }
};
