const objection = require('objection');

class Pet extends objection.Model {
  static tableName = 'pets';

  static relationMappings = () => ({
    owner: {
      relation: objection.Model.BelongsToOneRelation,
      modelClass: require('./person.cjs').Person,
      join: { from: 'pets.owner_id', to: 'people.id' },
    },
  });
}
module.exports = { Pet };
