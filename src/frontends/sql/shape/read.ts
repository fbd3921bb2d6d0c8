import type { QualifiedName } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import { readAlter } from './alter.js';
import { readCompound } from './batch.js';
import { readBatchAlter, readBatchCreate, readBatchDrop } from './batch-objects.js';
import { readCommentOn } from './comment.js';
import { readCreate } from './create.js';
import type { Cursor } from './cursor.js';
import { readDataStatement, settingCalls } from './data-statement.js';
import { readDrop } from './drop.js';
import { readExec, readProcedure } from './exec.js';
import { mysqlReaders } from './mysql.js';
import { readAnonymousBody } from './routine.js';
import * as session from './session.js';
import { base, notRead, type Shape, type ShapeReader, type Surroundings } from './shape.js';

/** The query of a function. */
const readReturn: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const query = cursor.is('(') ? cursor.within(cursor.parenthesis()!) : cursor.within([1, cursor.length]);
  if (query.is('SELECT') || query.is('WITH')) readDataStatement(query, shape, surroundings);
};

/** BULK INSERT of a file's rows. */
const readBulk: ShapeReader = (cursor, shape) => {
  cursor.at += 2;
  const table = cursor.qualified();
  shape.verb = 'BULK INSERT';
  if (table) shape.operations.push({ kind: 'Insert', ...base(cursor.span(0, cursor.length)), table });
};

/** PL/pgSQL: a query whose rows nobody wants. */
const readPerform: ShapeReader = (cursor, shape) => {
  shape.operations.push(...settingCalls(cursor));
};

const readCall: ShapeReader = (cursor, shape) => {
  shape.operations.push({ kind: 'Call', ...base(cursor.span(0, cursor.length)) });
};

const readAnonymous: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  shape.operations.push({ kind: 'Anonymous', ...base(cursor.span(0, cursor.length)) });
  shape.children = readAnonymousBody(cursor, surroundings);
};

/** EXPLAIN runs nothing, EXPLAIN ANALYZE does. */
const readExplain: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const options = cursor.is('(') ? cursor.between(...cursor.parenthesis()!) : '';
  let runs = /\banaly[sz]e\b(?!\s*(?:=\s*)?(?:false|off|0)\b)/i.test(options);
  for (let word = cursor.oneOf(...explainWords); word; word = cursor.oneOf(...explainWords))
    if (word.startsWith('ANALY')) runs = true;
  if (!runs) return;
  const rest = cursor.within([cursor.at, cursor.length]);
  const { verb } = shape;
  // EXPLAIN ANALYZE CREATE TABLE … AS makes the table.
  (rest.is('CREATE') ? readCreate : readDataStatement)(rest, shape, surroundings);
  shape.verb = verb;
};

const explainWords = ['ANALYZE', 'ANALYSE', 'VERBOSE', 'QUERY', 'PLAN', 'EXTENDED', 'FORMAT', 'JSON', '='];

const readers: Readonly<Record<string, ShapeReader | undefined>> = {
  ...Object.fromEntries(
    ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'WITH', 'VALUES', 'TABLE', '('].map((verb) => [
      verb,
      readDataStatement,
    ]),
  ),
  ...Object.fromEntries(
    (
      'SHOW USE ANALYZE ANALYSE LISTEN NOTIFY UNLISTEN DISCARD CHECKPOINT DECLARE FETCH MOVE CLOSE DEALLOCATE PRINT DESCRIBE ' +
      'DESC UNLOCK FLUSH KILL SECURITY REASSIGN ATTACH DETACH RETURN RAISERROR THROW OPTIMIZE CHECK IMPORT HANDLER RELEASE ' +
      'DELIMITER GET SIGNAL RESIGNAL OPEN LEAVE ITERATE WAITFOR BACKUP RESTORE DBCC'
    )
      .split(' ')
      .map((verb) => [verb, session.readNothing]),
  ),
  CREATE: readCreate,
  ALTER: readAlter,
  DROP: readDrop,
  COMMENT: readCommentOn,
  TRUNCATE: session.readTruncate,
  SET: session.readSetting,
  RESET: session.readReset,
  PRAGMA: session.readPragma,
  BEGIN: session.readBegin,
  START: session.readBegin,
  COMMIT: session.readCommit,
  END: session.readCommit,
  ROLLBACK: session.readRollback,
  SAVEPOINT: session.readSavepoint,
  SAVE: session.readSavepoint,
  ABORT: session.readRollback,
  PREPARE: session.readPrepare,
  LOCK: session.readLock,
  REINDEX: session.readReindex,
  VACUUM: session.readVacuum,
  CLUSTER: session.readCluster,
  REFRESH: session.readRefresh,
  RENAME: session.readRenameTables,
  COPY: session.readCopy,
  GRANT: session.readGrant,
  REVOKE: session.readGrant,
  DENY: session.readGrant,
  CALL: readCall,
  PERFORM: readPerform,
  EXEC: readCall,
  EXECUTE: readCall,
  LOAD: readCall,
  DO: readAnonymous,
  EXPLAIN: readExplain,
};

/** What T-SQL means by words that others use otherwise or not at all. */
const batchReaders: Readonly<Record<string, ShapeReader | undefined>> = {
  ...Object.fromEntries(
    (
      'ADD BREAK CHECKPOINT CONTINUE DISABLE ENABLE END EXTERNAL GET GOTO KILL MOVE READTEXT RECEIVE RECONFIGURE REVERT SEND SETUSER SHUTDOWN ' +
      'UPDATETEXT WRITETEXT'
    )
      .split(' ')
      .map((verb) => [verb, session.readNothing]),
  ),
  CREATE: readBatchCreate,
  ALTER: readBatchAlter,
  DROP: readBatchDrop,
  BULK: readBulk,
  UPDATE(cursor, shape, surroundings) {
    if (!cursor.is('UPDATE', 'STATISTICS')) return readDataStatement(cursor, shape, surroundings);
    shape.verb = 'UPDATE STATISTICS';
  },
  IF: readCompound,
  WHILE: readCompound,
  EXEC: readExec,
  EXECUTE: readExec,
  BEGIN(cursor, shape, surroundings) {
    const word = cursor.word(1);
    const read = /^(TRAN|TRANSACTION|DISTRIBUTED)$/.test(word)
      ? session.readBegin
      : /^(DIALOG|CONVERSATION)$/.test(word)
        ? session.readNothing
        : readCompound;
    read(cursor, shape, surroundings);
  },
  RETURN: readReturn,
};

/** MariaDB: SET STATEMENT a = 1 FOR a statement, which is what counts. */
const readForStatement: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at += 2;
  const from = cursor.at;
  cursor.until('FOR');
  for (const item of cursor.within([from, cursor.at]).list()) {
    const name = item.name()?.value.toLowerCase();
    item.take('=');
    const value = session.valueFrom(item);
    if (name)
      shape.operations.push({
        kind: 'SetSetting',
        ...base(item.span(0, item.length)),
        name,
        value,
        scope: 'transaction',
      });
  }
  cursor.take('FOR');
  const inner = readShape(cursor.within([cursor.at, cursor.length]), surroundings);
  Object.assign(shape, inner, { verb: shape.verb, operations: [...shape.operations, ...inner.operations] });
};

/** The reader of a T-SQL statement: at the start of a batch a procedure is called by its name alone. */
function batchReader(cursor: Cursor, verb: string): ShapeReader | undefined {
  const read = batchReaders[verb] ?? readers[verb];
  if (read || !cursor.isName()) return read;
  if (cursor.word(1) === ':') return session.readNothing;
  const second = cursor.tokenAt(1)?.kind;
  const called = second === undefined || second === 'string' || second === 'number' || cursor.word(1) === '.';
  return called || cursor.word(1).startsWith('@') ? readProcedure : undefined;
}

function readerOf(cursor: Cursor, verb: string): ShapeReader | undefined {
  if (cursor.source.dialect === 'tsql') return batchReader(cursor, verb);
  if (isMysql(cursor.source.dialect) && cursor.is('SET', 'STATEMENT')) return readForStatement;
  return (isMysql(cursor.source.dialect) ? mysqlReaders[verb] : undefined) ?? readers[verb];
}

/** Reads a statement by its first word. */
export function readShape(cursor: Cursor, surroundings: Surroundings): Shape {
  const verb = cursor.word();
  const shape: Shape = {
    verb,
    provenance: 'shape',
    partial: false,
    operations: [],
    reads: [],
    writes: [],
    where: 'n/a',
    children: [],
  };
  const read = readerOf(cursor, verb);
  if (read === undefined) {
    shape.provenance = 'opaque';
    const start = cursor.between(0, 1).slice(0, 40);
    notRead(shape, cursor.span(0, cursor.length), `a statement that starts with "${start}" is not read`, []);
    return shape;
  }
  read(cursor, shape, surroundings);
  for (const operation of shape.operations) {
    if ('table' in operation && operation.table) noteWritten(shape, operation.table);
  }
  if (shape.operations.length > 0 && shape.operations.every((operation) => operation.kind === 'Opaque')) {
    shape.provenance = shape.operations.some((operation) => operation.provenance === 'target') ? 'target' : 'opaque';
  }
  return shape;
}

function noteWritten(shape: Shape, table: QualifiedName): void {
  if (!shape.writes.some((each) => each.span.start === table.span.start)) shape.writes.push(table);
}
