import type { Name, QualifiedName } from '../../ir/index.js';
import { defaultSchema, folded } from '../names.js';
import type { On } from '../operations.js';
import { dropTable, moveTable } from './apply-tables.js';
import { dropType, moveType } from './apply-types.js';
import { dropView, renameView } from './apply-views.js';
import type { Draft } from './draft.js';

/** A schema comes. */
export function createSchema(draft: Draft, { schema, span }: On<'CreateSchema'>): void {
  const key = folded(schema, draft.dialect);
  draft.putNamespace({ name: { name: schema, span }, key, origin: draft.origin, uncertain: [] });
}

/** A schema goes. MySQL takes along what is in it; the others refuse to without CASCADE. */
export function dropSchema(draft: Draft, { schema, cascade, span, provenance }: On<'DropSchema'>): void {
  const { dialect } = draft;
  if (cascade || dialect === 'mysql' || dialect === 'mariadb') {
    const common = { cascade: true, span, provenance } as const;
    const { tables, types, views, sequences } = contents(draft, schema);
    for (const { name } of views) dropView(draft, { kind: 'DropView', view: name, ...common });
    for (const { name } of tables) dropTable(draft, { kind: 'DropTable', table: name, ...common });
    for (const { name } of types) dropType(draft, { kind: 'DropType', type: name, ...common });
    for (const sequence of sequences) draft.removeSequence(sequence);
  }
  const namespace = draft.schema.namespace(folded(schema, dialect));
  if (namespace) draft.removeNamespace(namespace);
}

/** A schema gets another name, and all in it with it. */
export function renameSchema(draft: Draft, { schema, to, span, provenance }: On<'RenameSchema'>): void {
  const { tables, types, views, sequences } = contents(draft, schema);
  const moved = (name: QualifiedName): QualifiedName => ({ ...name, schema: to });
  for (const { name } of types) moveType(draft, name, moved(name));
  for (const { name } of tables) moveTable(draft, name, moved(name));
  for (const { name } of views) {
    renameView(draft, { kind: 'RenameView', view: name, to: moved(name), span, provenance });
  }
  for (const each of sequences) {
    draft.removeSequence(each);
    draft.putSequence({ ...each, name: moved(each.name), key: draft.key(moved(each.name)) });
  }
  const namespace = draft.schema.namespace(folded(schema, draft.dialect));
  if (namespace === undefined) return;
  draft.removeNamespace(namespace);
  draft.putNamespace({ ...namespace, name: { name: to, span }, key: folded(to, draft.dialect) });
}

/** The objects in a schema. */
function contents({ dialect, schema: state }: Draft, schema: Name) {
  const wanted = folded(schema, dialect);
  const isIn = ({ name }: { name: QualifiedName }): boolean =>
    (name.schema ? folded(name.schema, dialect) : defaultSchema(dialect)) === wanted;
  return {
    tables: [...state.tables()].filter(isIn),
    types: [...state.types()].filter(isIn),
    views: [...state.views()].filter(isIn),
    sequences: [...state.sequences()].filter(isIn),
  };
}
