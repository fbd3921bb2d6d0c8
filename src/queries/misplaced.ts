import type { Dialect, Migration, Operation, Project } from '../ir/index.js';
import { made, namedIndex } from './restored.js';
import { objectKey, spoken } from './names.js';
import { operationsOf } from './operations.js';
import { indexHolds } from './replay/apply-columns.js';
import { schemaAfter, schemaAt, type Schema } from './replay.js';
import { isCertain } from './tables.js';

/** An operation on the way back that names what an earlier one has taken along already. */
export interface Misplaced {
  operation: Operation;
  words: string;
}

/**
 * The operations of a way back that come too late: what they drop or change was there when it began, and an operation
 * before them has dropped it with its table or column.
 */
export function misplacedIn(project: Project, migration: Migration): Misplaced[] {
  const start = schemaAfter(project, migration);
  if (start === undefined || start.doubt !== undefined) return [];
  const found: Misplaced[] = [];
  for (const { operation, guard } of operationsOf(migration, 'down')) {
    const schema = schemaAt(project, operation);
    if (guard || operation.ifExists || operation.inBatch || schema === undefined || schema.doubt !== undefined)
      continue;
    const words = goneBefore(operation, start, schema);
    if (words !== undefined) found.push({ operation, words });
  }
  return found;
}

function goneBefore(operation: Operation, start: Schema, schema: Schema): string | undefined {
  if (operation.kind === 'DropIndex') {
    const owner = start.ownerOf(operation.index);
    const key = objectKey(operation.index, start.dialect);
    const had = owner && isCertain(owner, 'everything') && owner.indexes.some((each) => each.name === key);
    return had && schema.ownerOf(operation.index) === undefined ? `index ${spoken(operation.index)}` : undefined;
  }
  if (operation.kind !== 'DropColumn' && operation.kind !== 'DropConstraint') return undefined;
  const had = start.table(operation.table);
  if (had === undefined || had.external || !isCertain(had, 'everything')) return undefined;
  if (schema.table(operation.table) !== undefined) return undefined;
  return operation.kind === 'DropColumn'
    ? `column ${spoken(operation.table)}.${operation.column.value}`
    : `constraint ${operation.constraint?.value ?? ''} of ${spoken(operation.table)}`;
}

type DropColumn = Extract<Operation, { kind: 'DropColumn' }>;

/** A column that a way back drops on SQLite, while indexes that the way there made are still on it. */
export interface IndexedDrop {
  operation: DropColumn;
  indexes: string[];
  /** What drops them first. */
  drops: Operation[];
}

/** SQLite 3.40: "error in index … after drop column". Alembic's batch mode makes the table anew, without the index. */
export function indexesLeftAt(project: Project, migration: Migration, dialect: Dialect): IndexedDrop[] {
  if (dialect !== 'sqlite') return [];
  return [...operationsOf(migration, 'down')].flatMap(({ operation, guard }) => {
    if (operation.kind !== 'DropColumn' || operation.inBatch || guard) return [];
    const schema = schemaAt(project, operation);
    const state = schema?.table(operation.table);
    // Of a table that is made elsewhere, what the migration itself put there is known all the same.
    if (state === undefined || schema?.doubt !== undefined) return [];
    if (!state.external && !isCertain(state, 'everything')) return [];
    const own = state.indexes.filter(
      (each) =>
        each.origin.migration === migration &&
        !each.origin.down &&
        isCertain(each, 'everything') &&
        indexHolds(each.index, operation.column.value),
    );
    if (own.length === 0) return [];
    const drops = own.flatMap((each): Operation[] => {
      const { name } = namedIndex(each);
      return name ? [{ ...made, kind: 'DropIndex', index: { name, span: made.span }, table: operation.table }] : [];
    });
    return [{ operation, indexes: own.map(({ name, index }) => name ?? index.name?.value ?? 'an index'), drops }];
  });
}
