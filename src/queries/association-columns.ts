import type { Constraint, ForeignKey, Name } from '../ir/index.js';
import type { Part, TableView } from './table-views.js';
import { isCertain } from './tables.js';

/** The second column of a key that joins two tables, with what it is. */
export interface AssociationColumn {
  column: Name;
  first: Name;
  key: Part<Constraint>;
  reference: Part<ForeignKey>;
}

/**
 * The second column of a table whose primary key is two foreign keys: the key finds rows by the first one only.
 * Nothing where the table joins no two others, or where that is not certain.
 */
export function associationColumn(view: TableView): AssociationColumn | undefined {
  const key = view.constraints.find(({ fact }) => fact.kind === 'primary');
  if (key?.fact.kind !== 'primary' || !isCertain(key, 'columns') || key.fact.columns.length !== 2) return undefined;
  const [first, column] = key.fact.columns;
  const references = view.constraints.filter(isReference);
  const referenceOf = (name: Name | undefined) =>
    references.find(({ fact }) => fact.columns.length === 1 && fact.columns[0]?.value === name?.value);
  const reference = referenceOf(column);
  if (first === undefined || column === undefined || reference === undefined || referenceOf(first) === undefined)
    return undefined;
  return { column, first, key, reference };
}

const isReference = (part: Part<Constraint>): part is Part<ForeignKey> => part.fact.kind === 'foreign';
