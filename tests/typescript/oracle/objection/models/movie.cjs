const Model = require('objection').Model;
const { Timestamps } = require('./mixins.cjs');

module.exports = class Movie extends Timestamps(Model) {
  static get tableName() {
    return 'movies';
  }

  static relationMappings() {
    const Poster = require('./poster.cjs').Poster;
    return {
      poster: {
        relation: Model.HasOneRelation,
        modelClass: Poster,
        join: { from: 'movies.id', to: 'posters.movie_id' },
      },
    };
  }
};
