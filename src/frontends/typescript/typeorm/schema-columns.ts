import type { Column, Default, Dialect, EnumType, QualifiedName, Span, Uncertainty } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { property, scalarOf, textOf, type Value } from '../values/values.js';
import { textFact } from './columns.js';
import { uuidDefault } from './defaults.js';
import { nameOf } from './schema-names.js';
import { enumLabels, sized } from './types.js';
import { quoted } from '../quoted.js';

const isTrue = (options: Value | undefined, key: string): boolean => scalarOf(property(options, key)) === true;

/** What `new TableColumn({…})` says beside the column itself. */
export interface SchemaColumn {
  column: Column;
  primary: boolean;
  primaryName?: string;
  unique: boolean;
  enumType?: EnumType;
}

/**
 * `new TableColumn({…})`. Its default is SQL text, unlike that of `@Column`.
 * @param table the table that it is for: it gives its name to enum types
 */
export function readSchemaColumn(
  options: Value | undefined,
  at: Span,
  table: QualifiedName,
  dialect: Dialect,
): SchemaColumn {
  const uncertain: Uncertainty[] = [];
  const name = nameOf(property(options, 'name'), at);
  if (name.unknown) uncertain.push({ about: 'name', reason: 'the name is computed' });
  if (options?.kind !== 'object' || !options.complete)
    uncertain.push({ about: 'everything', reason: 'the column is computed' });
  const type = property(options, 'type');
  const written = textOf(type);
  if (written === undefined) uncertain.push({ about: 'type', reason: 'the column type is computed' });
  const primary = isTrue(options, 'isPrimary');
  const generated = generatedBy(options);
  const fallback = defaultOf(options, at, dialect, uncertain);
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  const enumType = enumOf(written, options, name.value, table, dialect, at);
  const typeName = enumType ? enumType.name.name.value : written === undefined ? 'unknown' : written.toLowerCase();
  const primaryName = textOf(property(options, 'primaryKeyConstraintName'));
  const column: Column = {
    name,
    type: {
      name: written === undefined ? 'unknown' : sized(typeName, options, dialect),
      written: written ?? '',
      span: type?.span ?? at,
    },
    nullable: primary ? false : nullability(property(options, 'isNullable')),
    ...(fallback && { default: fallback }),
    ...(generated && { generated }),
    constraints: [],
    indexes: [],
    ...(comment && { comment }),
    span: at,
    uncertain,
  };
  return {
    column,
    primary,
    ...(primaryName !== undefined && { primaryName }),
    unique: isTrue(options, 'isUnique'),
    ...(enumType && { enumType }),
  };
}

function nullability(given: Value | undefined): boolean | 'unknown' {
  if (!given) return false;
  const value = scalarOf(given);
  return value === undefined ? 'unknown' : value === true;
}

/** PostgreSQL keeps an enum as a type of its own, in the schema of the table. */
function enumOf(
  written: string | undefined,
  options: Value | undefined,
  column: string,
  table: QualifiedName,
  dialect: Dialect,
  span: Span,
): EnumType | undefined {
  const isEnum = written !== undefined && /^(?:simple-)?enum$/i.test(written);
  if (!isEnum || (dialect !== 'postgresql' && dialect !== 'cockroachdb')) return undefined;
  const given = textOf(property(options, 'enumName'));
  const labels = enumLabels(options);
  const name = quoted(given ?? `${table.name.value}_${column.toLowerCase()}_enum`, span);
  return {
    name: { ...(table.schema && { schema: table.schema }), name, span },
    labels: labels ?? [],
    span,
    uncertain: labels ? [] : [{ about: 'everything', reason: 'the labels are computed' }],
  };
}

function defaultOf(
  options: Value | undefined,
  at: Span,
  dialect: Dialect,
  uncertain: Uncertainty[],
): Default | undefined {
  const value = property(options, 'default');
  if (!value || value.kind === 'undefined') {
    const isUuid = isTrue(options, 'isGenerated') && textOf(property(options, 'generationStrategy')) === 'uuid';
    return isUuid && dialect === 'postgresql' ? uuidDefault(dialect, 'uuid_generate_v4()', at) : undefined;
  }
  const known = scalarOf(value);
  if (known === null) return undefined;
  if (known === undefined) uncertain.push({ about: 'default', reason: 'the default is computed' });
  return serverDefault(known === undefined ? '' : String(known), value.span, dialect);
}

function generatedBy(options: Value | undefined): Column['generated'] {
  if (property(options, 'asExpression'))
    return scalarOf(property(options, 'generatedType')) === 'STORED' ? 'stored' : 'virtual';
  if (!isTrue(options, 'isGenerated')) return undefined;
  const strategy = textOf(property(options, 'generationStrategy'));
  if (strategy === 'identity' || strategy === 'rowid') return strategy;
  return strategy === 'increment' || strategy === undefined ? 'serial' : undefined;
}
