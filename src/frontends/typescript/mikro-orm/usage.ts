import { ts } from 'ts-morph';
import type { FileFacts } from '../../../ir/index.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { contextOf } from '../use-context.js';

/** Methods of the schema generator that make or alter tables; those of version 7 have shorter names. */
const generating = /^(?:create|update|refresh)(?:Schema)?$|^refreshDatabase$/;

/** Methods that drop all tables, or the database, before they do anything else, or at all. */
const recreating = /^refresh/;
const dropping = /^(?:drop(?:Schema|Database)?|clear(?:Database)?)$/;

/** `orm.schema.updateSchema()`, `orm.getSchemaGenerator().refreshDatabase()`. */
export function mikroUsages(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  for (const call of unit.calls) {
    const callee = ts.isCallExpression(call) ? bare(call.expression) : undefined;
    if (!callee || !ts.isPropertyAccessExpression(callee)) continue;
    const { text } = callee.name;
    if (!(generating.test(text) || dropping.test(text)) || !isGenerator(bare(callee.expression))) continue;
    const use = { api: `orm.schema.${text}()`, context, span: spanOf(call) };
    const effect = recreating.test(text) && { effect: 'recreate' as const };
    facts.usages.push(
      dropping.test(text) ? { kind: 'schema-drop', ...use } : { kind: 'schema-sync', ...use, ...effect },
    );
  }
}

function isGenerator(node: ts.Expression): boolean {
  const callee = ts.isCallExpression(node) ? bare(node.expression) : node;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const member = ts.isCallExpression(node) ? 'getSchemaGenerator' : 'schema';
  return callee.name.text === member && receiverOf(callee.expression) === 'mikro-orm#MikroORM';
}
