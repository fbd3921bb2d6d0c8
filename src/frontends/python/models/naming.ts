import type { Constraint, Index, Name, Span } from '../../../ir/index.js';
import { exactName } from '../source.js';
import { computed, joined } from './metadata.js';

export interface Named {
  table: string;
  schema?: string;
  columns: string[];
  referredTable?: string;
  referredColumns?: string[];
  given?: string;
}

export type Convention = { [kind: string]: string };

const defaults: Convention = { ix: 'ix_%(column_0_label)s' };

/** A column's label: with its table, and the table's schema before that. */
const label = ({ table, schema }: Named, column: string) =>
  [...(schema === undefined ? [] : [schema]), table, column].join('_');

/** The value of one token of a naming convention; undefined where it is not known. */
function token(name: string, convention: Convention, named: Named): string | undefined {
  const { columns, referredTable, referredColumns = [] } = named;
  const indexed = /^(referred_)?column_(\d+)(_?N)?_(name|label|key)$/.exec(name);
  if (indexed !== null) {
    const [, referred, position = '0', all, form] = indexed;
    const source = referred === undefined ? columns : referredColumns;
    const spell = (column: string) => (form === 'label' ? label(named, column) : column);
    if (all !== undefined) return source.map(spell).join(all === '_N' ? '_' : '');
    const column = source[Number(position)];
    return column === undefined ? undefined : spell(column);
  }
  if (name === 'table_name') return named.table;
  if (name === 'referred_table_name') return referredTable;
  if (name === 'constraint_name') return named.given;
  const custom = convention[name];
  if (custom?.startsWith(joined) === true) return columns.join(custom.slice(joined.length));
  return undefined;
}

/**
 * The name that a `MetaData` naming convention gives; undefined where the database chooses it or it is not known.
 * Templates and their tokens are SQLAlchemy's; `ix_%(column_0_label)s` holds where there is no convention at all.
 */
export function conventionalName(kind: string, convention: Convention | undefined, named: Named): string | undefined {
  const all = convention ?? defaults;
  const template = Object.hasOwn(all, kind) ? all[kind] : undefined;
  if (template === undefined || template.startsWith(joined) || template.startsWith(computed)) return undefined;
  let failed = false;
  const name = template.replace(/%\((\w+)\)s|%%/g, (whole, key: string | undefined) => {
    if (key === undefined) return '%';
    const value = token(key, all, named);
    if (value === undefined) failed = true;
    return value ?? whole;
  });
  return failed ? undefined : name;
}

const kinds: { [kind in Constraint['kind']]: string } = {
  primary: 'pk',
  unique: 'uq',
  foreign: 'fk',
  check: 'ck',
  exclude: 'ex',
};

/** Names a constraint as SQLAlchemy would. A name that was given goes through a template only if it asks for it. */
export function nameConstraint(
  constraint: Constraint,
  convention: Convention | undefined,
  table: { name: string; schema?: string },
): void {
  if (convention === undefined) return;
  const kind = kinds[constraint.kind];
  if (constraint.name?.final) return;
  const given = constraint.name?.value;
  if (given !== undefined && convention[kind]?.includes('%(constraint_name)s') !== true) return;
  const columns = 'columns' in constraint ? constraint.columns.map(({ value }) => value) : [];
  const name = conventionalName(kind, convention, {
    table: table.name,
    ...(table.schema !== undefined && { schema: table.schema }),
    columns,
    ...(constraint.kind === 'foreign' && {
      ...(constraint.target && { referredTable: constraint.target.name.value }),
      referredColumns: constraint.targetColumns.map(({ value }) => value),
    }),
    ...(given !== undefined && { given }),
  });
  if (name !== undefined) {
    constraint.name = { ...exactName(name, constraint.name?.span ?? constraint.span), generated: true, final: true };
  }
}

/** The name of an index that was given none. */
export function indexName(
  index: Index,
  convention: Convention | undefined,
  table: { name: string; schema?: string },
  at: Span,
): Name | undefined {
  const columns = index.keys.flatMap(({ column }) => (column === undefined ? [] : [column]));
  if (columns.length !== index.keys.length || columns.length === 0) return undefined;
  const name = conventionalName('ix', convention, {
    table: table.name,
    ...(table.schema !== undefined && { schema: table.schema }),
    columns,
  });
  return name === undefined ? undefined : { ...exactName(name, at), generated: true, final: true };
}

/**
 * The table name that Flask-SQLAlchemy makes of a class name: an underscore before a capital that follows a lower-case
 * letter or digit, and before a later capital that a lower-case letter follows (`HTTPServer`: `http_server`).
 */
export function flaskTableName(className: string): string {
  return className
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?!^)(?=[A-Z][a-z])/g, '_')
    .toLowerCase()
    .replace(/^_+/, '');
}
