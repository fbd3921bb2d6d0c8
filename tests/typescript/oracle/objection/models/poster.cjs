const { Model } = require('objection');

class Poster extends Model {
  static get tableName() {
    return 'posters';
  }

  static get idColumn() {
    return ['movie_id', 'language'];
  }

  static get relationMappings() {
    return {
      translation: {
        relation: Model.BelongsToOneRelation,
        modelClass: require('./translation.cjs'),
        join: {
          from: ['posters.movie_id', 'posters.language'],
          to: ['app.translations.movie_id', 'app.translations.language'],
        },
      },
    };
  }
}
module.exports = { Poster };
