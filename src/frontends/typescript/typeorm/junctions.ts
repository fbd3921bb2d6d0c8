import type { Column, ForeignKey, Name, QualifiedName, Span, Table } from '../../../ir/index.js';
import type { FoundClass, Lookup } from '../linking/lookup.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { type ColumnContext } from './columns.js';
import { pinnedTo, referencedColumns } from './foreign-keys.js';
import { deferralOf, rulesOf } from './key-rules.js';
import { foreignKeyName, indexName } from './names.js';
import { primaryKeyOn } from './primary-keys.js';
import { typeormDecorators } from './properties.js';
import type { Relation } from './relations.js';
import { tableName } from './tables.js';
import { quoted } from '../quoted.js';

/** The table behind a many-to-many relation, on the side that has the join table. */
export function junctionOf(
  relation: Relation,
  own: FoundClass,
  context: ColumnContext,
  lookup: Lookup,
): Table | undefined {
  const { joinTable, property: each, target } = relation;
  if (!joinTable || relation.kind !== 'many-to-many') return undefined;
  const { member } = each;
  const span = each.placement.inherited?.at ?? joinTable.span;
  const options = joinTable.args[0];
  const ownName = tableName(own, context.strategy, lookup);
  const targetName = target && tableName(target, context.strategy, lookup);
  const given = textOf(property(options, 'name'));
  const { prefix } = context.strategy;
  const bare = (name: QualifiedName): string => name.name.value.slice(prefix.length);
  const derived = targetName && context.strategy.joinTable(bare(ownName), bare(targetName), each.path);
  const value = given === undefined && derived === undefined ? undefined : prefix + (given ?? derived ?? '');
  const self = { ...relation, target: own, joinColumns: [] };
  const sides = [
    junctionSide(self, 'joinColumn', options, ownName, context, lookup, span),
    junctionSide({ ...relation, joinColumns: [] }, 'inverseJoinColumn', options, targetName, context, lookup, span),
  ];
  const [left, right] = sides;
  if (!left || !right || value === undefined) return undefined;
  if (left.columns[0]?.name.value === right.columns[0]?.name.value) numbered([left, right]);
  const schema = textOf(property(options, 'schema'));
  const name: QualifiedName = {
    ...(schema !== undefined
      ? { schema: quoted(schema, span) }
      : ownName.schema && { schema: { ...ownName.schema, span } }),
    name: quoted(value, span),
    span,
  };
  const all = [...left.columns, ...right.columns].map((column) => column.name);
  return {
    name,
    declaredBy: 'typeorm',
    role: 'junction',
    columns: [...left.columns, ...right.columns],
    constraints: [
      primaryKeyOn(value, all, context.dialect, span),
      ...(scalarOf(property(relation.options, 'createForeignKeyConstraints')) === false
        ? []
        : [
            junctionKey(left, value, span, { ...cascade, ...rulesOf(relation.options) }),
            junctionKey(right, value, span, inverseRules(relation)),
          ]),
    ],
    indexes: [left, right].map((side) => {
      const names = side.columns.map((column) => column.name.value);
      return {
        name: quoted(indexName(value, names), span),
        keys: names.map((column) => ({ column, quoted: true })),
        unique: false,
        include: [],
        span,
        uncertain: [],
      };
    }),
    relationships: [],
    ...(member.doc && { doc: member.doc }),
    span,
    uncertain: [],
  };
}

interface Side {
  columns: Column[];
  target: QualifiedName;
  referenced: Name[];
  /** As given for the foreign key. */
  keyName?: string;
}

function junctionSide(
  relation: Relation,
  role: string,
  options: Value | undefined,
  target: QualifiedName | undefined,
  context: ColumnContext,
  lookup: Lookup,
  span: Span,
): Side | undefined {
  const given = property(options, role) ? [property(options, role)!] : (itemsOf(property(options, `${role}s`)) ?? []);
  const referenced = referencedColumns({ ...relation, joinColumns: given }, context, lookup);
  if (!referenced || !target) return undefined;
  const columns = referenced.map(({ property: name, column }, index): Column => {
    const custom = column.name.value === name ? undefined : column.name.value;
    const value =
      textOf(property(given[index], 'name')) ??
      context.strategy.joinTableColumn(target.name.value.slice(context.strategy.prefix.length), name, custom);
    return {
      name: quoted(value, span),
      type: { ...column.type, span },
      nullable: false,
      constraints: [],
      indexes: [],
      span,
      uncertain: [],
    };
  });
  const keyName = textOf(property(given[0], 'foreignKeyConstraintName'));
  return {
    columns,
    target,
    referenced: referenced.map(({ column }) => quoted(column.name.value, span)),
    ...(keyName !== undefined && { keyName }),
  };
}

/** Both sides of a relation of a class with itself would give the same column names: TypeORM numbers them. */
function numbered(sides: readonly Side[]): void {
  sides.forEach((side, index) => {
    for (const column of side.columns)
      column.name = { ...column.name, value: `${column.name.value}_${String(index + 1)}` };
  });
}

type KeyRules = ReturnType<typeof rulesOf>;

const cascade: KeyRules = { onDelete: 'CASCADE', onUpdate: 'CASCADE' };

/** The other side says what becomes of its own rows, where it names the relation too. */
function inverseRules({ inverse, target, options }: Relation): KeyRules {
  const member = target?.record.members.find((each) => each.name === inverse);
  const [decorator] = typeormDecorators(member?.decorators ?? [], 'ManyToMany');
  if (!decorator) return { ...cascade, ...deferralOf(options) };
  return { ...cascade, ...rulesOf(decorator.args.find((value) => value.kind === 'object')) };
}

function junctionKey(side: Side, table: string, span: Span, rules: KeyRules): ForeignKey {
  const columns = side.columns.map((column) => column.name);
  const derived = foreignKeyName(
    table,
    columns.map((each) => each.value),
  );
  return {
    kind: 'foreign',
    name: quoted(side.keyName ?? derived, span),
    columns,
    target: pinnedTo(side.target, span),
    targetColumns: side.referenced,
    ...rules,
    span,
    uncertain: [],
  };
}
