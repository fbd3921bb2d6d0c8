import type { Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import type { Link } from '../chains.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { scalarOf, type Value } from '../values/values.js';
import { nameOf, tableName } from './names.js';

/** A call on the schema builder that takes names and no callback. */
interface SchemaCall {
  args: (Value | undefined)[];
  span: Span;
  schema?: Name;
}

type Reader = (call: SchemaCall) => Operation;

const api = ({ span }: SchemaCall): { span: Span; provenance: 'api' } => ({ span, provenance: 'api' });

const inSchema = ({ args: [first], span, schema }: SchemaCall): QualifiedName => tableName(first, span, schema).table;

const dropTable =
  (ifExists: boolean): Reader =>
  (call) => ({ kind: 'DropTable', table: inSchema(call), ...(ifExists && { ifExists }), ...api(call) });

const onView =
  (kind: 'CreateView' | 'DropView' | 'CreateMaterializedView' | 'DropMaterializedView', ifExists = false): Reader =>
  (call) => ({ kind, view: inSchema(call), ...(ifExists && { ifExists }), ...api(call) });

const onSchema =
  (kind: 'CreateSchema' | 'DropSchema', flag?: 'ifExists' | 'ifNotExists'): Reader =>
  (call) => ({
    kind,
    schema: nameOf(call.args[0], call.span),
    ...(flag && { [flag]: true as const }),
    ...(kind === 'DropSchema' && scalarOf(call.args[1]) === true && { cascade: true as const }),
    ...api(call),
  });

const opaque =
  (reason: string): Reader =>
  ({ span }) => ({ kind: 'Opaque', reason, touches: [], span, provenance: 'opaque' });

/** What each call sends. Those with a callback are read elsewhere. */
const readers: { readonly [method: string]: Reader } = {
  dropTable: dropTable(false),
  dropTableIfExists: dropTable(true),
  renameTable: (call) => {
    const to = nameOf(call.args[1], call.span);
    return { kind: 'RenameTable', table: inSchema(call), to: { name: to, span: to.span }, ...api(call) };
  },
  createView: onView('CreateView'),
  createViewOrReplace: onView('CreateView'),
  createMaterializedView: onView('CreateMaterializedView'),
  dropView: onView('DropView'),
  dropViewIfExists: onView('DropView', true),
  dropMaterializedView: onView('DropMaterializedView'),
  dropMaterializedViewIfExists: onView('DropMaterializedView', true),
  refreshMaterializedView: (call) => ({
    kind: 'RefreshMaterializedView',
    view: inSchema(call),
    ...(scalarOf(call.args[1]) === true && { concurrently: true as const }),
    ...api(call),
  }),
  renameView: opaque('a view is renamed'),
  view: opaque('a view is changed'),
  alterView: opaque('a view is changed'),
  createSchema: onSchema('CreateSchema'),
  createSchemaIfNotExists: onSchema('CreateSchema', 'ifNotExists'),
  dropSchema: onSchema('DropSchema'),
  dropSchemaIfExists: onSchema('DropSchema', 'ifExists'),
  createExtension: (call) => ({ kind: 'CreateExtension', name: nameOf(call.args[0], call.span), ...api(call) }),
  createExtensionIfNotExists: (call) => ({
    kind: 'CreateExtension',
    name: nameOf(call.args[0], call.span),
    ifNotExists: true,
    ...api(call),
  }),
  dropExtension: opaque('an extension is dropped'),
  dropExtensionIfExists: opaque('an extension is dropped'),
};

/** The operation of a schema builder's call; nothing for one that is not among them. */
export function schemaOperation(link: Link, scope: Scope, schema: Name | undefined): Operation | undefined {
  const reader = link.name !== undefined && Object.hasOwn(readers, link.name) ? readers[link.name] : undefined;
  return reader?.({
    args: link.args.map((each) => evaluate(each, scope)),
    span: link.span,
    ...(schema && { schema }),
  });
}
