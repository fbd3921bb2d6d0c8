import type { Span } from '../../../ir/index.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import type { RuntimeType } from '../values/types.js';
import { property, textOf, type Entry, type Value } from '../values/values.js';
import type { IndexDeclaration } from './model.js';
import { isDecorator, isSequelize } from './modules.js';
import { dataTypeOf } from './types.js';

/** A class that Sequelize's decorators describe, with its bases, the farthest first. */
export interface DecoratedClass {
  found: FoundClass;
  chain: { record: ClassRecord; path: string }[];
  /** Options as `@Table` and the decorators of timestamps give them, later ones over earlier ones. */
  options: Value[];
  /** Why a base is not known, where one isn't. */
  missing?: string;
  isTable: boolean;
}

const maxBases = 20;

/** The class with its bases; nothing where no decorator of Sequelize is on it. */
export function decoratedClass(found: FoundClass, lookup: Lookup): DecoratedClass | undefined {
  const chain = [found];
  let missing: string | undefined;
  for (let at = found; ; at = chain[0]!) {
    const { base, mixedIn } = at.record;
    if (mixedIn) missing = `the base class of ${at.record.name} is computed`;
    if (mixedIn || !base || chain.length > maxBases) break;
    if (
      base.module !== undefined &&
      isSequelize(lookup.originOf({ module: base.module, name: base.name }, at.path).module)
    )
      break;
    const next = lookup.classOf(base.name, base.module, at.path);
    if (!next) missing = `the base class ${base.name} is not in the project`;
    if (!next || chain.some((each) => each.record === next.record)) break;
    chain.unshift(next);
  }
  const resolved = chain.map((each) => ({ record: resolvedRecord(each, lookup), path: each.path }));
  const own = resolved.at(-1)!.record;
  if (!own.decorators.some(isTable) && !own.members.some((member) => member.decorators.some(isOurs))) return undefined;
  const options = resolved.flatMap(({ record }) => optionsOf(record));
  const isWhole = resolved.some(({ record }) => record.decorators.some(isTable)) && !own.abstract;
  return { found, chain: resolved, options, ...(missing !== undefined && { missing }), isTable: isWhole };
}

const isTable = ({ origin }: DecoratorRecord): boolean => isDecorator(origin, 'Table');
const isOurs = ({ origin }: DecoratorRecord): boolean => isSequelize(origin.module);

export const objectOf = (span: Span, entries: { [key: string]: Value | undefined }): Value => ({
  kind: 'object',
  entries: Object.entries(entries).flatMap(([key, value]): Entry[] => (value ? [{ key, span, value }] : [])),
  complete: true,
  span,
});

const known = (value: boolean | string, span: Span): Value =>
  typeof value === 'string'
    ? { kind: 'text', parts: [{ value, offsets: [[0, span.start]] }], span }
    : { kind: 'known', value, span };

/** What the decorators of a class say of its table, properties first as they run first. */
function optionsOf(record: ClassRecord): Value[] {
  const stamps = record.members.flatMap(({ name, nameSpan, decorators }) =>
    decorators.flatMap(({ origin }): Value[] => {
      if (isDecorator(origin, 'Version')) return [objectOf(nameSpan, { version: known(name, nameSpan) })];
      if (!isDecorator(origin, 'CreatedAt', 'UpdatedAt', 'DeletedAt')) return [];
      const key = origin.name.charAt(0).toLowerCase() + origin.name.slice(1);
      const paranoid = key === 'deletedAt' ? { paranoid: known(true, nameSpan) } : {};
      return [objectOf(nameSpan, { [key]: known(name, nameSpan), timestamps: known(true, nameSpan), ...paranoid })];
    }),
  );
  const tables = record.decorators.filter(isTable).flatMap(({ args }) => args.slice(0, 1));
  return [...stamps, ...tables];
}

/** The type that Sequelize takes from a property's annotation. */
const reflected: { [type in RuntimeType]?: string } = {
  string: 'STRING',
  number: 'INTEGER',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  Date: 'DATE',
  Buffer: 'BLOB',
};

/** The definition of a property that is a column, as `init` would take it. */
export function definitionOf({
  decorators,
  type,
  nameSpan,
}: MemberRecord): { definition: Value; implied: boolean } | undefined {
  const column = decorators.find(({ origin }) => isDecorator(origin, 'Column', 'Attribute'));
  if (!column) return undefined;
  const { span } = column;
  const [given] = column.args;
  const isType = dataTypeOf(given) !== undefined || textOf(given) !== undefined;
  const options = given && !isType ? given : undefined;
  const explicit = isType ? given : property(options, 'type');
  const name = type && reflected[type.is];
  const implied: Value | undefined =
    explicit || name === undefined
      ? undefined
      : { kind: 'reference', module: 'sequelize', name: 'DataTypes', path: [name], span: type!.span };
  const base = options?.kind === 'object' ? options.entries : [];
  const isWhole = !options || (options.kind === 'object' && options.complete);
  const entries: Entry[] = [...base];
  const set = (key: string, value: Value | undefined): void => void (value && entries.push({ key, span, value }));
  set('type', explicit ?? implied);
  for (const { origin, args, span: at } of decorators) {
    if (!isSequelize(origin.module)) continue;
    const [first] = args;
    switch (origin.name) {
      case 'PrimaryKey':
        set('primaryKey', known(true, at));
        break;
      case 'AutoIncrement':
        set('autoIncrement', known(true, at));
        break;
      case 'AllowNull':
        set('allowNull', first ?? known(true, at));
        break;
      case 'NotNull':
        set('allowNull', known(false, at));
        break;
      case 'Unique':
        set('unique', first ?? known(true, at));
        break;
      case 'Default':
        set('defaultValue', first);
        break;
      case 'Comment':
        set('comment', first);
        break;
      case 'ColumnName':
        set('field', first);
        break;
    }
  }
  const definition: Value = { kind: 'object', entries, complete: isWhole, span: nameSpan };
  return { definition, implied: implied !== undefined };
}

/** Indexes by decorators of properties: one for each name, or for each decorator without one. */
export function decoratedIndexes({ chain }: DecoratedClass): IndexDeclaration[] {
  const named = new Map<string, { options: Value | undefined; fields: Value[]; span: Span }>();
  const unnamed = new Map<string, { options: Value | undefined; fields: Value[]; span: Span }>();
  const own = chain.at(-1)!;
  for (const { record, path } of chain) {
    for (const member of record.members) {
      for (const decorator of member.decorators) {
        if (!isDecorator(decorator.origin, 'Index', 'createIndexDecorator')) continue;
        const at = path === own.path ? decorator.span : own.record.nameSpan;
        const isMade = decorator.origin.name === 'createIndexDecorator';
        const [first] = decorator.args;
        const name = isMade ? textOf(property(first, 'name')) : (textOf(first) ?? textOf(property(first, 'name')));
        const place = decorator.madeAt ?? decorator.span;
        const list = name === undefined ? unnamed : named;
        const key = name ?? `${path}:${String(place.start)}`;
        const index = list.get(key) ?? { options: indexOptions(first, name, at), fields: [], span: at };
        index.fields.push(fieldOf(member, isMade ? decorator.called?.[0] : first, at));
        list.set(key, index);
      }
    }
  }
  return [...named.values(), ...unnamed.values()].map(({ options, fields, span }) => ({
    fields: { kind: 'array', items: fields, complete: true, span },
    options,
    complete: !options || (options.kind === 'object' && options.complete),
    span,
  }));
}

const indexOptions = (given: Value | undefined, name: string | undefined, at: Span): Value | undefined =>
  given?.kind === 'text' && name !== undefined ? objectOf(at, { name: given }) : given;

/** The library takes the property's name for that of the column. */
const fieldOf = ({ name }: MemberRecord, options: Value | undefined, at: Span): Value =>
  objectOf(at, {
    name: known(name, at),
    order: property(options, 'order'),
    length: property(options, 'length'),
    collate: property(options, 'collate'),
  });

/** A relation by a decorator. */
export interface DecoratedRelation {
  decorator: DecoratorRecord;
  member: MemberRecord;
  path: string;
}

export const relationsIn = ({ chain }: DecoratedClass): DecoratedRelation[] =>
  chain.flatMap(({ record, path }) =>
    record.members.flatMap((member) =>
      member.decorators
        .filter(({ origin }) => isDecorator(origin, 'BelongsTo', 'HasOne', 'HasMany', 'BelongsToMany'))
        .map((decorator) => ({ decorator, member, path })),
    ),
  );

/** Properties that `@ForeignKey(() => Other)` names, with the value that stands for the other class. */
export const foreignKeysIn = ({ chain }: DecoratedClass): { name: string; target: Value; path: string }[] =>
  chain.flatMap(({ record, path }) =>
    record.members.flatMap(({ name, decorators }) =>
      decorators.flatMap(({ origin, args }) => {
        const [target] = args;
        const returned = target?.kind === 'function' ? target.returns : target;
        return isDecorator(origin, 'ForeignKey') && returned ? [{ name, target: returned, path }] : [];
      }),
    ),
  );
