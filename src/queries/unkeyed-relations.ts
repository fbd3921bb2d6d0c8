import type { ForeignKey, Name, Project, Relationship } from '../ir/index.js';
import { viewsOf, type TableView } from './table-views.js';

/** A relation that joins by columns of a table over which the database has no foreign key. */
export interface UnkeyedRelation {
  relationship: Relationship;
  columns: Name[];
}

/**
 * The relations of a model that the client alone keeps: they name their fields, and no source shows a foreign key over
 * these. So it is with `relationMode = "prisma"`.
 */
export function* unkeyedRelations(project: Project, view: TableView): Generator<UnkeyedRelation> {
  const { declaration } = view;
  if (view.source !== 'model' || declaration?.declaredBy !== 'prisma' || declaration.role !== 'table') return;
  const keys = viewsOf(project, view.key).flatMap(({ constraints }) =>
    constraints.flatMap(({ fact }) => (fact.kind === 'foreign' ? [namesOf(fact)] : [])),
  );
  for (const relationship of declaration.relationships) {
    const columns = relationship.keyedBy?.map(
      (field) => declaration.columns.find(({ attribute, name }) => (attribute ?? name.value) === field)?.name,
    );
    if (columns === undefined || !columns.every((name) => name !== undefined)) continue;
    if (!keys.includes(namesOf({ columns }))) yield { relationship, columns };
  }
}

const namesOf = ({ columns }: Pick<ForeignKey, 'columns'>): string =>
  columns
    .map(({ value }) => value)
    .sort()
    .join('\n');
