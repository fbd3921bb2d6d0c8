import type { Dialect, EnumType, Table, Uncertainty } from '../../../ir/index.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import type { ClassRecord } from '../records.js';
import { property, scalarOf, type Value } from '../values/values.js';
import { anchorIn, textFact, type ColumnContext } from './columns.js';
import { junctionOf } from './junctions.js';
import type { NamingStrategy } from './names.js';
import { lineageOf, propertiesOf, typeormDecorators, type Lineage } from './properties.js';
import { relationOf, relationshipOf } from './relations.js';
import { addSingleTable, childLineage } from './single-table.js';
import { extrasOf, forgetNames, ownedConstraints, primaryKey, uniques } from './table-parts.js';
import { entityArguments, tableName, unknownName } from './tables.js';
import { addTree } from './trees.js';
import { quoted } from '../quoted.js';

export interface EntitySettings {
  dialect: Dialect;
  strategy: NamingStrategy;
  /** The function that fills PostgreSQL's columns of generated UUIDs. */
  uuid: string;
  /** The project replaces the naming strategy by one that is not known. */
  namesUnknown?: true;
}

export interface EntityFacts {
  tables: Table[];
  enums: EnumType[];
}

/** The tables that the classes of one file declare with TypeORM's decorators. */
export function readEntities(classes: readonly FoundClass[], lookup: Lookup, settings: EntitySettings): EntityFacts {
  const facts: EntityFacts = { tables: [], enums: [] };
  for (const found of classes) {
    const record = resolvedRecord(found, lookup);
    const role = roleOf(record);
    if (role === undefined) continue;
    readEntity(found, record, role, lookup, settings, facts);
  }
  return facts;
}

/** A class that only has column decorators gives its columns to others: a base, a mixin or an embedded class. */
function roleOf(record: ClassRecord): Table['role'] | undefined {
  if (typeormDecorators(record.decorators, 'ViewEntity').length > 0) return 'view';
  if (typeormDecorators(record.decorators, 'Entity').length > 0) return isEmbeddedSchema(record) ? 'abstract' : 'table';
  const members = record.members.some((member) => member.decorators.some((each) => each.origin.module === 'typeorm'));
  return members || typeormDecorators(record.decorators, 'ChildEntity').length > 0 ? 'abstract' : undefined;
}

/** TypeORM takes no entity without a key, so a schema without one is there to be embedded. */
const isEmbeddedSchema = ({ isSchema, members }: ClassRecord): boolean =>
  isSchema === true &&
  !members.some(({ decorators }) =>
    decorators.some(({ args }) => args.some((value) => scalarOf(property(value, 'primary')) === true)),
  );

function readEntity(
  found: FoundClass,
  record: ClassRecord,
  role: Table['role'],
  lookup: Lookup,
  settings: EntitySettings,
  facts: EntityFacts,
): void {
  const name = tableName(found, settings.strategy, lookup);
  const { dialect, strategy, uuid } = settings;
  const context: ColumnContext = { dialect, strategy, uuid, table: name.name.value };
  const child = typeormDecorators(record.decorators, 'ChildEntity').length > 0;
  const lineage: Lineage = child ? childLineage(found, lookup) : lineageOf(found, lookup);
  const properties = propertiesOf(lineage, context, lookup);
  const columns = properties.list.flatMap((each) => each.columns);
  const relations = properties.list.flatMap((each) => relationOf(each, found, lookup) ?? []);
  const constraints = ownedConstraints(relations, columns, name, context, lookup);
  const extras = extrasOf(lineage, properties, context, lookup);
  const [decorator] = typeormDecorators(record.decorators, 'Entity', 'ViewEntity');
  const { options } = decorator ? entityArguments(decorator) : {};
  const uncertain: Uncertainty[] = [...unknownName(name), ...properties.uncertain, ...extras.uncertain];
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  const table: Table = {
    name: role === 'abstract' ? { name: quoted(record.name, record.nameSpan), span: record.nameSpan } : name,
    declaredBy: 'typeorm',
    className: record.name,
    role,
    columns,
    constraints:
      role === 'view'
        ? []
        : [...primaryKey(properties, context), ...constraints, ...uniques(properties, context), ...extras.constraints],
    indexes: extras.indexes,
    relationships: relations.map(relationshipOf),
    ...(isApart(options) && { apart: true as const }),
    ...(comment && { comment }),
    ...(record.doc && { doc: record.doc }),
    span: record.nameSpan,
    anchor: decorator ? anchorIn(record.anchor, decorator) : record.anchor,
    uncertain,
  };
  if (typeormDecorators(record.decorators, 'TableInheritance').length > 0)
    addSingleTable(table, found, record, properties.list, context, lookup);
  const closure = addTree(table, record, properties, context);
  if (name.name.unknown) forgetNames([...table.constraints, ...table.indexes]);
  if (settings.namesUnknown) makeUncertain(table, 'the naming strategy of the project is not known');
  facts.tables.push(table, ...closure);
  facts.enums.push(...properties.enums);
  if (role !== 'table' && !child) return;
  facts.tables.push(...relations.flatMap((relation) => junctionOf(relation, found, context, lookup) ?? []));
}

/** Whether TypeORM's migrations leave an entity alone, or go to another database. */
const isApart = (options: Value | undefined): boolean =>
  scalarOf(property(options, 'synchronize')) === false || property(options, 'database') !== undefined;

function makeUncertain(table: Table, reason: string): void {
  table.uncertain.push({ about: 'name', reason });
  for (const column of table.columns) column.uncertain.push({ about: 'name', reason });
  forgetNames([...table.constraints, ...table.indexes]);
}
