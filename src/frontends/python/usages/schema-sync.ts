import type { SchemaDrop, SchemaSync } from '../../../ir/index.js';
import type { CallSite, Program } from '../injection/frames.js';
import type { Expr } from '../syntax/nodes.js';

const isOnAll = (expr: Expr, method: 'create_all' | 'drop_all'): boolean =>
  expr.kind === 'Attribute' &&
  expr.attr === method &&
  ((expr.value.kind === 'Attribute' && /^(?:db|metadata)$/.test(expr.value.attr)) ||
    (expr.value.kind === 'Name' && /^(?:db|metadata|\w*_metadata)$/.test(expr.value.id)));

/** Whether the same function marks the database as migrated, as a fresh one that is made from the models should be. */
const isStamped = ({ at }: CallSite, { calls }: Program): boolean =>
  calls.some(
    ({ call: { func }, at: other }) =>
      other.frame === at.frame &&
      /(?:^|_)stamp(?:_|$)/.test(func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''),
  );

/** `Base.metadata.create_all(engine)`, `db.drop_all()`, and `conn.run_sync(Base.metadata.create_all)`. */
export function schemaSync(
  site: CallSite,
  program: Program,
): Pick<SchemaSync, 'kind' | 'api' | 'stamped'> | Pick<SchemaDrop, 'kind' | 'api' | 'within'> | undefined {
  const { call } = site;
  const isRun = call.func.kind === 'Attribute' && call.func.attr === 'run_sync';
  const does = (method: 'create_all' | 'drop_all'): boolean =>
    isOnAll(call.func, method) || (isRun && call.args[0] !== undefined && isOnAll(call.args[0], method));
  if (does('drop_all')) {
    const { node } = site.at.frame;
    const within = node?.kind === 'FunctionDef' && { within: node.name };
    return { kind: 'schema-drop', api: 'metadata.drop_all()', ...within };
  }
  if (!does('create_all')) return undefined;
  return {
    kind: 'schema-sync',
    api: 'metadata.create_all()',
    ...(isStamped(site, program) && { stamped: true as const }),
  };
}
