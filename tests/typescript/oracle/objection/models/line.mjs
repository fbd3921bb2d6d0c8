import { Model as ObjectionModel } from 'objection';

export class Line extends ObjectionModel {
  static get tableName() {
    return 'lines';
  }
}

export class TaxedLine extends Line {
  static get tableName() {
    return 'taxed_lines';
  }
}

/** No model: another library's. */
class Model {}
export class Stranger extends Model {
  static tableName = 'strangers';
}
