import { Model } from 'objection';
import { Line } from './line.mjs';

export default class Invoice extends Model {
  static tableName = 'invoices';
  static modelPaths = [];

  static relationMappings = {
    lines: {
      relation: Model.HasManyRelation,
      modelClass: Line,
      join: { from: 'invoices.id', to: 'lines.invoice_id' },
    },
    firstCountry: {
      relation: Model.HasOneThroughRelation,
      modelClass: Line,
      join: {
        from: 'invoices.id',
        through: { from: 'invoice_countries.invoice_id', to: 'invoice_countries.line_id' },
        to: 'lines.id',
      },
    },
  };
}
