class Model {
  static init(attributes: object, options: object) {
    return { attributes, options };
  }
  static hasMany(other: unknown) {
    return other;
  }
}
const DataTypes = { STRING: 'string' };

export class Shape extends Model {}
Shape.init({ name: DataTypes.STRING }, { tableName: 'shapes' });
Shape.hasMany(Shape);

export const registry = { define: (name: string, shape: object) => ({ name, shape }) };
registry.define('Thing', { name: { type: DataTypes.STRING } });
