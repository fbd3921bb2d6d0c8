import type {
  Anchor,
  Annotation,
  Column,
  Dialect,
  EnumType,
  Name,
  Span,
  Text,
  Uncertainty,
} from '../../../ir/index.js';
import type { DecoratorRecord, MemberRecord } from '../records.js';
import { isAbsent, property, scalarOf, textOf, type Value } from '../values/values.js';
import { defaultOf, initialDefault } from './defaults.js';
import type { NamingStrategy } from './names.js';
import { columnType, enumLabels, sized } from './types.js';
import { quoted } from '../quoted.js';

export interface ColumnContext {
  dialect: Dialect;
  strategy: NamingStrategy;
  /** Without prefix or schema, for the name of an enum type. */
  table: string;
  /** The function that fills PostgreSQL's columns of generated UUIDs. */
  uuid: string;
}

/** Where a member is seen from: its own place, or the class that inherits or embeds it. */
export interface Placement {
  prefixes: readonly string[];
  /** The class that it came from, and the place in the file in hand that brings it in. */
  inherited?: { from: string; at: Span };
}

interface ColumnKind {
  primary?: true;
  nullable?: true;
  type?: (dialect: Dialect) => string;
  /** The database fills it with the present moment. */
  now?: true;
  generated?: true;
}

const datetime = (dialect: Dialect): string => {
  if (dialect === 'mysql' || dialect === 'mariadb') return 'datetime(6)';
  return dialect === 'sqlite' ? 'datetime' : 'timestamp';
};

/** The decorators that declare a column, and what each means by itself. */
export const columnKinds: { [decorator: string]: ColumnKind } = {
  Column: {},
  PrimaryColumn: { primary: true },
  PrimaryGeneratedColumn: { primary: true, generated: true },
  CreateDateColumn: { type: datetime, now: true },
  UpdateDateColumn: { type: datetime, now: true },
  DeleteDateColumn: { type: datetime, nullable: true },
  VersionColumn: { type: (dialect) => (dialect === 'mysql' || dialect === 'mariadb' ? 'int' : 'integer') },
  TreeLevelColumn: { type: (dialect) => (dialect === 'mysql' || dialect === 'mariadb' ? 'int' : 'integer') },
  ViewColumn: {},
};

export interface ReadColumn {
  column: Column;
  primary: boolean;
  primaryName?: string;
  unique?: Span;
  /** Whether it is unique is computed. */
  maybeUnique?: true;
  enumType?: EnumType;
}

/** The column that a decorated property declares. */
export function readColumn(
  member: MemberRecord,
  decorator: DecoratorRecord,
  context: ColumnContext,
  placement: Placement,
): ReadColumn {
  const kind = columnKinds[decorator.origin.name] ?? {};
  const { given, options, strategy: generation } = columnArguments(decorator);
  const uncertain: Uncertainty[] = [];
  const span = placement.inherited?.at ?? member.span;
  const name = columnName(member, options, context, placement, uncertain);
  const primary = kind.primary === true || scalarOf(property(options, 'primary')) === true;
  const generated = generatedBy(member, decorator, options, generation);
  // TypeORM gives a column that is generated so this type, whatever stands beside it.
  const ofUuid = generatedStrategy(member) === 'uuid';
  const typing = ofUuid ? { given: undefined, generation: 'uuid' } : { given, generation };
  const type = typeOfColumn(member, { ...typing, options, kind, name: name.value }, context, uncertain);
  const filled = ofUuid || generation === 'uuid' ? 'uuid' : kind.now && generated === undefined ? 'now' : undefined;
  const initial = member.initial && !placement.inherited ? initialDefault(member.initial) : undefined;
  const fallback = defaultOf(options, filled, context, span, uncertain) ?? (generated ? undefined : initial);
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  if (options && (options.kind !== 'object' || !options.complete))
    uncertain.push({ about: 'everything', reason: 'its options are computed' });
  const column: Column = {
    name,
    ...(name.value !== member.name && { attribute: member.name }),
    type,
    nullable: nullability(property(options, 'nullable'), primary, kind),
    ...saidOf(member, decorator, property(options, 'nullable'), placement),
    ...(fallback && { default: fallback }),
    ...(generated && { generated }),
    constraints: [],
    indexes: [],
    ...(comment && { comment: moved(comment, placement) }),
    ...(member.doc && { doc: moved(member.doc, placement) }),
    ...(placement.inherited && { from: placement.inherited.from }),
    span: placement.inherited ? span : member.nameSpan,
    ...(!placement.inherited && { anchor: anchorIn(member.anchor, decorator) }),
    uncertain,
  };
  const primaryName = scalarOf(property(options, 'primaryKeyConstraintName'));
  const unique = scalarOf(property(options, 'unique'));
  const enumType = enumOf(type, options, context, span);
  return {
    column,
    primary,
    ...(typeof primaryName === 'string' && { primaryName }),
    ...(unique === true && { unique: span }),
    ...(unique === undefined && maybe(property(options, 'unique')) && { maybeUnique: true as const }),
    ...(enumType && { enumType }),
  };
}

/** Where the pen may write into one of several decorators. */
export const anchorIn = (anchor: Anchor, { lists = {} }: DecoratorRecord): Anchor => ({ ...anchor, lists });

/** What the property's type and the options say, as far as they stand in this file. */
function saidOf(
  member: MemberRecord,
  decorator: DecoratorRecord,
  nullable: Value | undefined,
  placement: Placement,
): Pick<Column, 'annotation' | 'nullableGiven' | 'declaredAs'> {
  const declaredAs = `@${decorator.origin.name}`;
  if (placement.inherited) return { declaredAs };
  const given = nullable === undefined ? undefined : scalarOf(nullable);
  return {
    declaredAs,
    ...(member.type && { annotation: annotationOf(member.type) }),
    ...(nullable &&
      nullable.kind !== 'undefined' && {
        nullableGiven: { value: typeof given === 'boolean' ? given : 'unknown', span: nullable.span },
      }),
  };
}

/** A property's type as rules see it. */
export const annotationOf = ({ written, nullable, is, span }: NonNullable<MemberRecord['type']>): Annotation => ({
  written,
  nullable,
  ...(written === 'any' && { any: true as const }),
  ...(is === 'array' && { collection: true as const }),
  span,
});

/** An option that is there and can't be read. */
const maybe = (value: Value | undefined): boolean => value !== undefined && !isAbsent(value);

const moved = (text: Text, placement: Placement): Text =>
  placement.inherited ? { ...text, span: placement.inherited.at } : text;

/** `('type')`, `('type', options)`, `(options)`; a generated key's first text is its strategy, not its type. */
function columnArguments(decorator: DecoratorRecord): { given?: Value; options?: Value; strategy?: string } {
  const [first, second] = decorator.args;
  const isOptions = first?.kind === 'object';
  const options = isOptions ? first : second;
  if (decorator.origin.name === 'PrimaryGeneratedColumn') {
    const strategy = isOptions ? undefined : textOf(first);
    const given = property(options, 'type');
    return { strategy: strategy ?? 'increment', ...(options && { options }), ...(given && { given }) };
  }
  const given = isOptions ? property(first, 'type') : (first ?? property(options, 'type'));
  return { ...(given && { given }), ...(options && { options }) };
}

function columnName(
  member: MemberRecord,
  options: Value | undefined,
  context: ColumnContext,
  placement: Placement,
  uncertain: Uncertainty[],
): Name {
  const option = property(options, 'name');
  const given = textOf(option);
  if (option && option.kind !== 'undefined' && given === undefined)
    uncertain.push({ about: 'name', reason: 'the name is computed' });
  const at = placement.inherited?.at ?? (given === undefined ? member.nameSpan : option!.span);
  const value = context.strategy.column(member.name, given, placement.prefixes);
  return { ...quoted(value, at), ...(uncertain.length > 0 && { unknown: true }) };
}

function nullability(option: Value | undefined, primary: boolean, kind: ColumnKind): boolean | 'unknown' {
  if (primary) return false;
  if (!option || option.kind === 'undefined') return kind.nullable === true;
  const value = scalarOf(option);
  return typeof value === 'boolean' ? value : 'unknown';
}

function typeOfColumn(
  member: MemberRecord,
  read: {
    given: Value | undefined;
    options: Value | undefined;
    kind: ColumnKind;
    generation: string | undefined;
    name: string;
  },
  context: ColumnContext,
  uncertain: Uncertainty[],
): Column['type'] {
  const { given, options, kind, generation } = read;
  const isMysql = context.dialect === 'mysql' || context.dialect === 'mariadb';
  let implied: string | undefined;
  if (!given) implied = kind.type?.(context.dialect);
  if (!given && generation !== undefined) {
    if (generation === 'uuid') implied = context.dialect === 'postgresql' ? 'uuid' : isMysql ? 'varchar(36)' : 'uuid';
    else implied = isMysql ? 'int' : 'integer';
  }
  if (implied !== undefined)
    return { name: sized(implied, options, context.dialect), written: implied, span: member.nameSpan };
  const type = columnType(given, options, member, context.dialect, `${context.table}_${read.name.toLowerCase()}_enum`);
  if (type.name === 'unknown') uncertain.push({ about: 'type', reason: unknownType(given, member) });
  return type;
}

function unknownType(given: Value | undefined, member: MemberRecord): string {
  if (given) return 'the column type is computed';
  return member.type ? `the type ${member.type.written} says nothing about the column` : 'the property has no type';
}

/** What `@Generated` beside the column's own decorator says. */
function generatedStrategy(member: MemberRecord): string | undefined {
  const other = member.decorators.find((each) => each.origin.name === 'Generated' && each.origin.module === 'typeorm');
  return other && (textOf(other.args[0]) ?? 'increment');
}

function generatedBy(
  member: MemberRecord,
  decorator: DecoratorRecord,
  options: Value | undefined,
  strategy: string | undefined,
): Column['generated'] {
  if (property(options, 'asExpression'))
    return scalarOf(property(options, 'generatedType')) === 'STORED' ? 'stored' : 'virtual';
  const by = decorator.origin.name === 'PrimaryGeneratedColumn' ? strategy : generatedStrategy(member);
  if (by === 'identity' || by === 'rowid') return by;
  return by === 'increment' ? 'serial' : undefined;
}

/** A comment or the like that is text; computed text leaves the fact uncertain. */
export function textFact(value: Value | undefined, about: 'comment', uncertain: Uncertainty[]): Text | undefined {
  if (!value || value.kind === 'undefined' || (value.kind === 'known' && value.value === null)) return undefined;
  const text = textOf(value);
  if (text !== undefined) return text.trim() === '' ? undefined : { value: text, span: value.span };
  uncertain.push({ about, reason: 'the comment is computed' });
  return undefined;
}

function enumOf(
  type: Column['type'],
  options: Value | undefined,
  context: ColumnContext,
  span: Span,
): EnumType | undefined {
  if (context.dialect === 'mysql' || context.dialect === 'mariadb' || !/^(?:simple-)?enum$/.test(type.written))
    return undefined;
  if (context.dialect !== 'postgresql' && context.dialect !== 'cockroachdb') return undefined;
  const labels = enumLabels(options);
  return {
    name: { name: quoted(type.name.replace(/\[\]$/, ''), span), span },
    labels: labels ?? [],
    span,
    uncertain: labels ? [] : [{ about: 'everything', reason: 'the labels are computed' }],
  };
}
