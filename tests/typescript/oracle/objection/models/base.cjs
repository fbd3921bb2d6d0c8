const { Model, snakeCaseMappers } = require('objection');

/** What all models have. */
class Base extends Model {
  static get columnNameMappers() {
    return snakeCaseMappers();
  }
}
module.exports = { Base };
