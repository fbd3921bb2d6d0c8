const { Base } = require('./base.cjs');
const { Tables } = require('./names.cjs');

/** Somebody. */
class Person extends Base {
  static get tableName() {
    return Tables.PEOPLE;
  }

  static get jsonSchema() {
    return { type: 'object', required: ['name'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
  }

  static get relationMappings() {
    const { Pet } = require('./pet.cjs');
    const Movie = require('./movie.cjs');
    return {
      /** What they keep. */
      pets: { relation: Base.HasManyRelation, modelClass: Pet, join: { from: 'people.id', to: 'pets.owner_id' } },
      movies: {
        relation: Base.ManyToManyRelation,
        modelClass: Movie,
        join: {
          from: 'people.id',
          through: { from: 'people_movies.person_id', to: 'people_movies.movie_id', extra: ['role'] },
          to: 'movies.id',
        },
      },
      children: {
        relation: Base.HasManyRelation,
        modelClass: Person,
        join: { from: 'people.id', to: 'people.parent_id' },
      },
      parent: {
        relation: Base.BelongsToOneRelation,
        modelClass: () => Person,
        join: { from: `${Tables.PEOPLE}.parent_id`, to: `${Tables.PEOPLE}.id` },
      },
    };
  }
}
module.exports = { Person };
