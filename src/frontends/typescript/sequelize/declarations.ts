import type { Anchor, Span, Text } from '../../../ir/index.js';
import type { Origin, Value } from '../values/values.js';

/** How code names a model. Of several ways to find it the first one that leads to a model counts. */
export interface ModelRef {
  /** A class or variable of the same file. */
  local?: string;
  /** What another file exports; `models.User` of an imported collection has the name of the model besides. */
  origin?: Origin;
  /** The name of a model: `models.User`, `sequelize.model('User')`. */
  named?: string;
}

/** `sequelize.define(…)`, `User.init(…)`. Plain JSON, as everything here. */
export interface ModelDeclaration {
  form: 'define' | 'init';
  /** The variable that holds the model, and the class that is one. */
  variable?: string;
  className?: string;
  /** Given to `define`. */
  name?: Value;
  attributes: Value;
  options?: Value;
  /** What `define` is called on: a connection, or what may turn out to be one; absent for a parameter. */
  connection?: Value;
  /** Taken out again by `removeAttribute`. */
  removed: string[];
  nameSpan: Span;
  doc?: Text;
  anchor: Anchor;
  /** Of attributes that are written in place. */
  anchors: { [attribute: string]: Anchor };
}

export type AssociationKind = 'belongsTo' | 'hasOne' | 'hasMany' | 'belongsToMany';

/** `User.hasMany(Post, …)`. */
export interface AssociationDeclaration {
  kind: AssociationKind;
  source: ModelRef;
  target: ModelRef;
  options?: Value;
  /** The join table's model, where `through` names one rather than a table. */
  through?: ModelRef;
  doc?: Text;
  span: Span;
  anchor: Anchor;
}

/** `new Sequelize(…)`. */
export interface ConnectionDeclaration {
  /** Options for all models. */
  define?: Value;
  /** Models in the order in which they are tied to each other. */
  models: ModelRef[];
}

/** What one file declares. */
export interface Declarations {
  models: ModelDeclaration[];
  associations: AssociationDeclaration[];
  connections: ConnectionDeclaration[];
}
