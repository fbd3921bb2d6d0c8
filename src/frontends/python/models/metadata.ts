import type { ColumnType } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import type { Expr } from '../syntax/nodes.js';
import { spanOf } from '../source.js';
import { canonical } from '../values/names.js';
import { keyword, textOf, type Arg, type Value } from '../values/value.js';
import { standIn } from './custom-types.js';
import { joinedBy } from './name-token.js';
import { columnType } from './types.js';

/** Marks a template token whose value joins the constraint's column names with what follows. */
export const joined = '\u0001';
/** Marks a template token whose value is computed in another way. */
export const computed = '\u0002';

/** The naming convention and schema of a `MetaData(…)`; a reference where it is another symbol. */
export function readConvention(value: Value): {
  convention?: { [kind: string]: string };
  metadataSchema?: string;
  metadataRef?: string;
} {
  if (value.kind === 'ref') return { metadataRef: canonical(value.name) };
  if (value.kind !== 'call' || value.func !== 'sqlalchemy.MetaData') return {};
  const schema = textOf((keyword(value, 'schema') ?? value.args[1])?.value);
  const names = keyword(value, 'naming_convention')?.value;
  return {
    ...(names?.kind === 'dict' && { convention: templatesOf(names) }),
    ...(schema !== undefined && { metadataSchema: schema }),
  };
}

/** The templates and tokens of a naming convention's dict. */
export function templatesOf(names: Extract<Value, { kind: 'dict' }>): { [kind: string]: string } {
  const convention: { [kind: string]: string } = {};
  for (const [key, entry] of names.entries) {
    const kind = conventionKey(key);
    if (kind !== undefined) convention[kind] = textOf(entry) ?? tokenOf(entry);
  }
  return convention;
}

/** The key of an entry of a convention: text, or a constraint class. */
export function conventionKey(key: Value): string | undefined {
  return textOf(key) ?? (key.kind === 'ref' ? constraintKinds[key.name.split('.').at(-1) ?? ''] : undefined);
}

const constraintKinds: { [name: string]: string } = {
  Index: 'ix',
  UniqueConstraint: 'uq',
  CheckConstraint: 'ck',
  ForeignKeyConstraint: 'fk',
  PrimaryKeyConstraint: 'pk',
};

/** A token function: the usual one joins the names of the constraint's columns. */
function tokenOf(value: Value): string {
  const separator = value.kind === 'function' ? joinedBy(value.node) : undefined;
  return separator === undefined ? computed : joined + separator;
}

/** The dotted name of a Python type; an alias such as `Annotated[…]` is known by the name that it is bound to. */
function aliasName(expr: Expr | undefined, value: Value, { interpreter }: Reading): string | undefined {
  const isAlias = value.kind === 'ref' && value.name.endsWith('[]');
  return isAlias && expr?.kind === 'Name' ? `${interpreter.module}.${expr.id}` : interpreter.nameOf(value);
}

/** `type_annotation_map`: column types by Python type. */
export function readTypeMap({ value, node: at }: Arg, reading: Reading): { [pythonType: string]: ColumnType } {
  const map: { [pythonType: string]: ColumnType } = {};
  if (value.kind !== 'dict') return map;
  const written = at.kind === 'Dict' && at.entries.length === value.entries.length ? at.entries : [];
  for (const [index, [key, entry]] of value.entries.entries()) {
    const name = aliasName(written[index]?.key, key, reading);
    const span = entry.kind === 'call' ? spanOf(entry.node) : { start: 0, end: 0 };
    if (name !== undefined) map[name] = columnType(standIn(entry, at, reading), reading.source, span, reading.dialect);
  }
  return map;
}
