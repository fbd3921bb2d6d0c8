import type { Column, EnumType, Table, Uncertainty } from '../../../ir/index.js';
import { property } from '../values/values.js';
import { textFact } from './columns.js';
import type { FoundEntity } from './entity-record.js';
import { fieldsOf, ownFieldsOf, type Fields } from './fields.js';
import { addHierarchy } from './hierarchy.js';
import { given, textGiven } from './options.js';
import { pivotOf } from './pivot.js';
import { labelsOf } from './property-type.js';
import { relationshipOf } from './relations.js';
import { isChild, tableNameOf } from './table-name.js';
import { addExtras, addKeys, extrasOf } from './table-parts.js';
import { discriminatorOf, type Surroundings, type World } from './world.js';
import { quoted } from '../quoted.js';

export interface EntityFacts {
  tables: Table[];
  enums: EnumType[];
}

/** The tables that an entity, base class or embeddable declares: its own, and those between it and others. */
export function readEntity(found: FoundEntity, world: World, around: Surroundings, facts: EntityFacts): void {
  const { record } = found;
  const child = isChild(found, world);
  const fields = child ? ownFieldsOf(found, world, around, false) : fieldsOf(found, world, around);
  const role = roleOf(found, child);
  const name = tableNameOf(found, world, around);
  const uncertain: Uncertainty[] = [...fields.uncertain];
  if (name.name.unknown) uncertain.push({ about: 'name', reason: 'the table name is not known' });
  const comment = textFact(property(record.options, 'comment'), uncertain);
  // MikroORM puts the key before all else.
  const ordered = [...fields.list.filter(({ primary }) => primary), ...fields.list.filter(({ primary }) => !primary)];
  const columns = ordered.flatMap((field) => field.columns);
  const table: Table = {
    name: role === 'abstract' ? { name: quoted(record.className, record.nameSpan), span: record.nameSpan } : name,
    declaredBy: 'mikro-orm',
    className: record.className,
    role,
    columns: unique(columns),
    constraints: [],
    indexes: [],
    relationships: fields.list.flatMap((field) => relationshipOf(field) ?? []),
    ...(comment && { comment }),
    ...(record.doc && { doc: record.doc }),
    span: record.nameSpan,
    ...(record.anchor && { anchor: record.anchor }),
    uncertain,
  };
  if (record.options.kind === 'object' && !record.options.complete)
    uncertain.push({ about: 'everything', reason: 'its options are computed' });
  facts.tables.push(table);
  if (role === 'view') return;
  const extras = extrasOf(found, fields, name.name.value, world, around, !child);
  addKeys(table, fields, name.name.value, world, around);
  addExtras(table, extras);
  facts.enums.push(...enumsOf(fields, name.schema?.value));
  if (role === 'abstract') return;
  if (discriminatorOf(record) !== undefined) addHierarchy(table, found, fields, world, around);
  facts.tables.push(...fields.list.flatMap((field) => pivotOf(field, found, world, around) ?? []));
}

function roleOf({ record }: FoundEntity, child: boolean): Table['role'] {
  if (record.role === 'virtual') return 'view';
  return record.role === 'entity' && !child ? 'table' : 'abstract';
}

/** Two relations may share a key column. */
function unique(columns: readonly Column[]): Column[] {
  const seen = new Set<string>();
  return columns.filter(({ name }) => !seen.has(name.value) && seen.add(name.value));
}

/** Types of the database that enums are. */
function enumsOf({ list }: Pick<Fields, 'list'>, schema: string | undefined): EnumType[] {
  return list.flatMap(({ property: { options, nameSpan }, inherited, columns }): EnumType[] => {
    const name = textGiven(options, 'nativeEnumName');
    if (name === undefined || columns.length === 0) return [];
    const span = inherited?.at ?? nameSpan;
    const labels = labelsOf(given(options, 'items'))?.map(String);
    const [before, after] = name.split('.') as [string, string | undefined];
    const of = after === undefined ? schema : before;
    return [
      {
        name: { ...(of !== undefined && { schema: quoted(of, span) }), name: quoted(after ?? name, span), span },
        labels: labels ?? [],
        span,
        uncertain: labels ? [] : [{ about: 'everything', reason: 'the labels are computed' }],
      },
    ];
  });
}
