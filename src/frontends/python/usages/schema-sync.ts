import type { SchemaSync } from '../../../ir/index.js';
import type { CallSite } from '../injection/frames.js';
import type { Expr } from '../syntax/nodes.js';

const isCreateAll = (expr: Expr): boolean =>
  expr.kind === 'Attribute' &&
  expr.attr === 'create_all' &&
  ((expr.value.kind === 'Attribute' && expr.value.attr === 'metadata') ||
    (expr.value.kind === 'Name' && /^(?:db|metadata|\w*_metadata)$/.test(expr.value.id)));

/** `Base.metadata.create_all(engine)`, `db.create_all()`, and `conn.run_sync(Base.metadata.create_all)`. */
export function schemaSync({ call }: CallSite): Pick<SchemaSync, 'kind' | 'api'> | undefined {
  const isRun = call.func.kind === 'Attribute' && call.func.attr === 'run_sync';
  const isSync = isCreateAll(call.func) || (isRun && call.args[0] !== undefined && isCreateAll(call.args[0]));
  return isSync ? { kind: 'schema-sync', api: 'metadata.create_all()' } : undefined;
}
