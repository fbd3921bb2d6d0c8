import type {
  Dialect,
  Guard,
  Operation,
  Provenance,
  QualifiedName,
  Span,
  Statement,
  TransactionState,
  Where,
} from '../../../ir/index.js';
import type { Cursor } from './cursor.js';

/** What the words of a statement tell. Readers fill it in. */
export interface Shape {
  verb: string;
  provenance: Provenance;
  partial: boolean;
  operations: Operation[];
  reads: QualifiedName[];
  writes: QualifiedName[];
  where: Where | 'n/a';
  guard?: Guard;
  children: Statement[];
}

/** Reads the statement that the cursor is at the start of. */
export type ShapeReader = (cursor: Cursor, shape: Shape, surroundings: Surroundings) => void;

/** Where a statement stands. */
export interface Surroundings {
  /** How many bodies it is nested in. */
  depth: number;
  /** Inside a routine or DO block, where SELECT … INTO fills a variable. */
  routine: boolean;
  /** Reads a statement of a body: tokens `from` to before `to` of the cursor. */
  read(cursor: Cursor, from: number, to: number, place: Place): Statement;
}

/** What is known of a nested statement before it is read. */
export interface Place {
  surroundings: Surroundings;
  guard?: Guard;
  /** `yes` unless told otherwise: a routine runs in the transaction of its caller. */
  inTransaction?: TransactionState;
}

/** What every operation that is read from words has. */
export const base = (span: Span): { span: Span; provenance: 'shape' } => ({ span, provenance: 'shape' });

export const ifExists = (cursor: Cursor): { ifExists?: true } =>
  cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};

export const ifNotExists = (cursor: Cursor): { ifNotExists?: true } =>
  cursor.take('IF', 'NOT', 'EXISTS') ? { ifNotExists: true } : {};

/** Notes that a part was not read, and what it may have changed. */
export function notRead(shape: Shape, span: Span, reason: string, touches: QualifiedName[]): void {
  shape.partial = true;
  shape.operations.push({
    kind: 'Opaque',
    span,
    provenance: touches.length > 0 ? 'target' : 'opaque',
    reason,
    touches,
    ...(touches.length === 0 && { anything: true }),
  });
}

/** A comma-separated list of names up to the first word that is none. */
export function nameList(cursor: Cursor, each: () => void = () => undefined): QualifiedName[] {
  const names: QualifiedName[] = [];
  do {
    each();
    const name = cursor.qualified();
    if (name === undefined) break;
    names.push(name);
  } while (cursor.take(','));
  return names;
}

/** Words behind which CASCADE is a name, wherever they stand. */
const beforeNames = new Set([
  '.',
  ',',
  'ON',
  'ONLY',
  'FROM',
  'TABLE',
  'COLUMN',
  'CONSTRAINT',
  'EXISTS',
  'CONCURRENTLY',
]);

/** Whether a statement or an action of it ends in CASCADE; `head` words come before the name of an object. */
export function cascadeOf(cursor: Cursor, head: number): { cascade?: true } {
  const last = cursor.length - 1;
  const ends = cursor.wordAt(last) === 'CASCADE' && last > head && !beforeNames.has(cursor.wordAt(last - 1));
  return ends ? { cascade: true } : {};
}

/** Whether KEY, INDEX and PARTITION are no keywords of ALTER TABLE, so that a column may be called so. */
export const hasPlainWords = (dialect: Dialect): boolean =>
  dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'sqlite';
