import type { Operation, Span, Step, TransactionState } from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import type { StmtOf } from '../syntax/nodes.js';
import type { Circumstances } from '../values/circumstances.js';
import { textOf, type CallValue } from '../values/value.js';
import { elementOperations, objectOperations } from './elements.js';
import { enumOperation } from './enum-types.js';
import { operationsOf, placed } from './operations.js';
import { harmless } from './signatures.js';
import { coreChange, embedded, hasText, sqlParts } from './sql.js';

const executes = /\.(?:execute|executemany|exec_driver_sql|scalar|scalars|exec|executescript)$/;
const onOp = /^alembic\.op\.(?:(batch_alter_table)\(\)\.)?(\w+)$/;

/** Runs one function and collects what it sends to the database, in order. */
export function stepsOf(node: StmtOf<'FunctionDef'>, reading: Reading): Step[] {
  const { interpreter } = reading;
  const steps: Step[] = [];
  interpreter.listener = (call, at) => {
    const found = onOp.exec(call.func);
    if (found?.[2] === 'f') return call.args[0]?.value;
    steps.push(...stepsOfCall(call, at, found, reading));
    return undefined;
  };
  const given = Object.fromEntries(
    node.params.slice(0, 1).map(({ name }) => [name, { kind: 'ref' as const, name: 'alembic.op' }]),
  );
  interpreter.runFunction(node, given, { inTransaction: 'yes', repeated: false });
  interpreter.listener = undefined;
  return steps;
}

function stepsOfCall(call: CallValue, at: Circumstances, op: RegExpExecArray | null, reading: Reading): Step[] {
  const { interpreter, dialect } = reading;
  const { inTransaction, guard, repeated } = at;
  // What runs on other databases only is theirs to read.
  const own = guard?.dialects && !guard.dialects.includes(dialect) ? (guard.dialects[0] ?? dialect) : dialect;
  const step = (operation: Operation): Step => ({
    operation: placed(operation, guard, repeated),
    inTransaction: transactionOf(inTransaction, call),
  });
  if (op !== null || executes.test(call.func)) {
    const name = op?.[2] ?? 'execute';
    if (name === 'execute' || executes.test(call.func)) {
      const [first] = call.args;
      const argument = first ?? call.keywords.find((each) => /^(?:sqltext|statement|sql|query)$/.test(each.name));
      const parts = sqlParts(argument?.value);
      if (parts !== undefined && hasText(parts)) {
        const context = { dialect: own, inTransaction: transactionOf(inTransaction, call), ...(guard && { guard }) };
        return readEmbedded(embedded(parts), context).map((statement) => ({ statement }));
      }
      const elements = elementOperations(argument?.value, reading);
      if (elements !== undefined) return elements.map(step);
      const change = coreChange(argument?.value);
      if (change !== undefined) return [step(change)];
      const isBuilt = argument?.value.kind === 'call' || argument?.value.kind === 'ref';
      if (argument === undefined || (op === null && isBuilt) || !/\.(?:execute|exec_driver_sql)$/.test(call.func))
        return [];
      if (argument.value.kind === 'call' && /\b(?:select|insert|update|delete)\b/.test(argument.value.func)) return [];
      return [
        step({
          kind: 'Opaque',
          reason: 'the SQL text is computed',
          touches: [],
          anything: true,
          span: spanOf(call.node),
          provenance: 'opaque',
        }),
      ];
    }
    if (harmless.has(name)) return [];
    const batch = op?.[1] === undefined ? undefined : call.of;
    return operationsOf({
      reading: own === dialect ? reading : { ...reading, dialect: own },
      call,
      name,
      statement: interpreter.statement,
      outsideTransaction: inTransaction === 'no',
      ...(batch && { batch }),
    }).map(step);
  }
  const enumType = enumOperation(call, reading);
  if (enumType !== undefined) return [step(enumType)];
  const made = objectOperations(call, reading);
  if (made !== undefined) return made.map(step);
  if (
    /\.metadata\.(?:create_all|drop_all)$/.test(call.func) ||
    (isWhole(call, interpreter.statement) && handsOver(call))
  ) {
    const reason = `${call.func.split('.').at(-1) ?? call.func}() is not followed`;
    return [
      step({ kind: 'Opaque', reason, touches: [], anything: true, span: spanOf(call.node), provenance: 'opaque' }),
    ];
  }
  return [];
}

/** Whether a call is a statement by itself; one that is asked for its answer is taken for a question. */
const isWhole = (call: CallValue, statement: Span): boolean =>
  statement.start === call.node.start && statement.end === call.node.end;

/** Whether a function of another module gets `op` to work with. */
const handsOver = (call: CallValue): boolean =>
  !/^(?:sqlalchemy|sqlmodel|alembic|print|logging|str|repr)\b/.test(call.func) &&
  [...call.args, ...call.keywords].some(({ value }) => value.kind === 'ref' && value.name === 'alembic.op');

/** An `autocommit_block` is outside of the transaction, and so is a connection that commits by itself. */
function transactionOf(inTransaction: TransactionState, call: CallValue): TransactionState {
  for (let at = call.of; at !== undefined; at = at.of) {
    const level = at.keywords.find(({ name }) => name === 'isolation_level');
    if (level !== undefined && textOf(level.value)?.toUpperCase() === 'AUTOCOMMIT') return 'no';
  }
  return inTransaction;
}
