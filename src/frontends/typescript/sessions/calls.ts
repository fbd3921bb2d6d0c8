import { ts } from 'ts-morph';
import type { SessionCall, SessionLibrary } from '../../../ir/index.js';
import { receiverOf } from '../injection/receivers.js';
import { bare } from '../syntax.js';
import { aroundIn, functionAround, loopFacts, textOf } from './surroundings.js';

interface Kind {
  library: SessionLibrary;
  call: SessionCall['call'];
}

const kind = (library: SessionLibrary, call: SessionCall['call']): Kind => ({ library, call });

/** Methods that end or flush a transaction, or save a row, by what they are called on. */
const calls: { readonly [receiver: string]: { readonly [method: string]: Kind } } = {
  'typeorm#Repository': { save: kind('typeorm', 'save') },
  'typeorm#EntityManager': { save: kind('typeorm', 'save') },
  'typeorm#QueryRunner': { rollbackTransaction: kind('typeorm', 'rollback') },
  'mikro-orm#EntityManager': {
    flush: kind('mikro-orm', 'flush'),
    persistAndFlush: kind('mikro-orm', 'flush'),
    removeAndFlush: kind('mikro-orm', 'flush'),
    commit: kind('mikro-orm', 'commit'),
    rollback: kind('mikro-orm', 'rollback'),
  },
  'sequelize#Model': { create: kind('sequelize', 'save') },
  'knex#Knex': { commit: kind('knex', 'commit'), rollback: kind('knex', 'rollback') },
  'prisma#Delegate': { create: kind('prisma', 'save') },
};

const methods = new Set(Object.values(calls).flatMap(Object.keys));

/** A call that ends or flushes a transaction, or saves a row. */
export function sessionCall(node: ts.CallExpression): Omit<SessionCall, 'context' | 'span'> | undefined {
  const callee = bare(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !methods.has(callee.name.text)) return undefined;
  const table = calls[receiverOf(callee.expression) ?? ''];
  const found = table && Object.hasOwn(table, callee.name.text) ? table[callee.name.text] : undefined;
  if (!found || (found.call === 'save' && !isOneRow(node, found.library))) return undefined;
  const around = [...aroundIn(node)];
  const loop = around.find((each) => each.kind === 'loop');
  const handler = around.find((each) => each.kind === 'except' || each.kind === 'finally')?.kind;
  const within = functionAround(node);
  return {
    kind: 'session-call',
    ...found,
    api: `${textOf(callee)}()`,
    ...(loop?.kind === 'loop' && {
      loop: { ...loopFacts(loop.node, node, around), keyRead: found.library !== 'typeorm' && isUsed(node) },
    }),
    ...((handler === 'except' || handler === 'finally') && { handler }),
    ...(within?.name !== undefined && { within: within.name }),
    guarded: around[0]?.kind === 'if',
    conditions: around.flatMap((each) => (each.kind === 'if' ? [textOf(each.node.expression)] : [])).reverse(),
  };
}

/** Whether a save is waited for, of one row, and could be one of many: Prisma's `createMany` takes no rows of other tables. */
function isOneRow(node: ts.CallExpression, library: SessionLibrary): boolean {
  if (!ts.isAwaitExpression(node.parent)) return false;
  if (node.arguments.some((each) => ts.isArrayLiteralExpression(bare(each)))) return false;
  return (
    library !== 'prisma' || !/\b(?:connect|connectOrCreate|create|createMany|include|select)\s*:/.test(textOf(node))
  );
}

/** Whether something is done with what a call gives. */
function isUsed(node: ts.CallExpression): boolean {
  const whole = ts.isAwaitExpression(node.parent) ? node.parent : node;
  return !ts.isExpressionStatement(whole.parent);
}
