import type { ColumnType, Project, QualifiedName } from '../ir/index.js';
import { isNews, type ColumnChange } from './column-changes.js';
import { oldType, schemaAt, type Schema } from './replay.js';
import { isLimited, lossBetween, typeLoss, type TypeLoss } from './type-changes.js';
import { shapeOf } from './type-changes/shapes.js';

/** What a change of a column's type takes from its values. */
export interface Narrowing {
  /** As the author wrote it; absent where it is not known. */
  from?: ColumnType;
  to: ColumnType;
  /** Absent where the type before is not known and the new one has limits. */
  loss?: TypeLoss;
  /** An explicit cast, which cuts what is too long without an error (PostgreSQL 18.6: measured). */
  cuts?: true;
}

/**
 * What is lost where a change gives a column another type; nothing where every value has room, where the author converts
 * the values by an expression of his own, and where the type may be the same as before.
 */
export function narrowingIn(project: Project, change: ColumnChange): Narrowing | undefined {
  const { type: to, using, column, operation } = change;
  if (to === undefined || to.name === 'unknown') return undefined;
  const cast = using === undefined ? 'none' : castOf(using, column.value);
  if (cast === 'other') return undefined;
  const schema = schemaAt(project, operation);
  const dialect = schema?.dialect ?? 'unknown';
  const said = operation.kind === 'AlterColumnType' || operation.kind === 'ModifyColumn' ? operation.was : undefined;
  const from = oldType(project, operation) ?? said;
  if (from === undefined) {
    // What is known and unsure, or found again on the way back, is no reason to ask the reader.
    const isAsked = change.before === undefined && isNews(change, 'type') && change.placed.section !== 'down';
    return isAsked && isLimited(to.name, dialect) ? { to } : undefined;
  }
  const labels = schema && lossOfLabels(schema, from, to);
  // A type may have another name by now than the one that was written.
  if (labels) return { from: { ...from, written: from.name }, to: { ...to, written: to.name }, loss: labels };
  const loss = typeLoss(from.name, to.name, dialect);
  if (loss === undefined) return undefined;
  const isCut = cast === 'cast' && loss.refused !== undefined && / longer than /.test(loss.refused);
  return { from, to, loss, ...(isCut && { cuts: true }) };
}

/** What USING does: nothing but casts of the column, or anything else. */
function castOf(using: string, column: string): 'cast' | 'other' {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const bare = `\\(*\\s*"?${name}"?\\s*\\)*`;
  const casts = new RegExp(
    `^\\s*(?:${bare}(?:\\s*::\\s*[\\w" ().,\\[\\]]+)*|CAST\\s*\\(\\s*"?${name}"?\\s+AS\\s+[^()]+(?:\\([^()]*\\))?\\s*\\))\\s*$`,
    'i',
  );
  return casts.test(using) ? 'cast' : 'other';
}

/** What two enum types of the schema tell: the labels that the new one does not have. */
function lossOfLabels(schema: Schema, from: ColumnType, to: ColumnType): TypeLoss | undefined {
  const labels = (type: ColumnType): string[] | undefined =>
    schema.enumType(named(type))?.values.map(({ value }) => value);
  const [before, after] = [labels(from), labels(to)];
  if (after === undefined) return undefined;
  return lossBetween(
    before === undefined ? shapeOf(from.name, schema.dialect) : { kind: 'enum', labels: before },
    { kind: 'enum', labels: after },
    schema.dialect,
  );
}

/** The name that a canonical type is looked up by in the schema. */
function named({ name, span }: ColumnType): QualifiedName {
  const dot = name.indexOf('.');
  const part = (value: string) => ({ value, quoted: true, span });
  return dot < 0
    ? { name: part(name), span }
    : { schema: part(name.slice(0, dot)), name: part(name.slice(dot + 1)), span };
}
