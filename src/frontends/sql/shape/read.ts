import type {
  Guard,
  Operation,
  Provenance,
  QualifiedName,
  Statement,
  TransactionState,
  Where,
} from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { readData } from './data.js';

/** What the words of a statement tell. */
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

const twoWords = new Set(['CREATE', 'ALTER', 'DROP', 'COMMENT', 'LOCK', 'RENAME', 'REFRESH']);
const dataVerbs = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'REPLACE',
  'WITH',
  'VALUES',
  'EXPLAIN',
  'TABLE',
  '(',
]);

export function readShape(cursor: Cursor): Shape {
  const first = cursor.word();
  const verb = twoWords.has(first) && cursor.word(1) !== '' ? `${first} ${cursor.word(1)}` : first;
  const shape: Shape = {
    verb,
    provenance: 'opaque',
    partial: false,
    operations: [],
    reads: [],
    writes: [],
    where: 'n/a',
    children: [],
  };
  if (dataVerbs.has(first)) {
    const facts = readData(cursor);
    Object.assign(shape, facts, { provenance: 'shape' });
    for (const operation of facts.operations) {
      if (operation.kind === 'Update' || operation.kind === 'Delete') shape.where = operation.where;
    }
  }
  return shape;
}
