import { ts } from 'ts-morph';
import type { Anchor, Span } from '../../../ir/index.js';
import { evaluate } from '../values/evaluate.js';
import { isFrom, originOf } from '../linking/imports.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import type { Unit } from '../unit.js';
import { itemsOf, property, scalarOf, textOf, type Entry, type Value } from '../values/values.js';

/** `new EntitySchema({…})` says with an object what decorators say at a class, and is read as such a class. */
export function entitySchemas(unit: Unit): ClassRecord[] {
  if (!unit.mentions('typeorm')) return [];
  return unit.calls.flatMap((call) => {
    if (!ts.isNewExpression(call) || !isFrom(originOf(call.expression), 'typeorm', 'EntitySchema')) return [];
    const argument = call.arguments?.[0];
    const options = argument && evaluate(argument, unit.scope);
    if (options?.kind !== 'object') return [];
    const { parent } = call;
    const isNamed = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
    return [{ ...recordOf(options), ...(isNamed && { alias: parent.name.getText() }) }];
  });
}

/** Parts of the options that tell of properties. */
const memberParts = ['columns', 'embeddeds', 'relations'];

const isOpen = (value: Value | undefined): boolean =>
  value !== undefined && (value.kind !== 'object' || !value.complete);

function recordOf(options: Extract<Value, { kind: 'object' }>): ClassRecord {
  const { span } = options;
  const name = property(options, 'name');
  const table = property(options, 'tableName');
  const lists = (key: string, decorator: string, ...parts: string[]): DecoratorRecord[] =>
    (itemsOf(property(options, key)) ?? []).map((item) =>
      decoratorOf(decorator, [...parts.flatMap((part) => property(item, part) ?? []), item], item.span),
    );
  const entityOptions: Value = {
    ...options,
    entries: options.entries.flatMap((entry) => {
      if (entry.key === 'tableName') return [{ ...entry, key: 'name' }];
      return /^(?:schema|comment|database|synchronize)$/.test(entry.key) ? [entry] : [];
    }),
  };
  return {
    name: textOf(name) ?? textOf(table) ?? '',
    nameSpan: name?.span ?? span,
    span,
    abstract: false,
    isSchema: true,
    ...(memberParts.some((part) => isOpen(property(options, part))) && { open: 'its columns are computed' }),
    decorators: [
      decoratorOf(textOf(property(options, 'type')) === 'view' ? 'ViewEntity' : 'Entity', [entityOptions], span),
      ...lists('indices', 'Index', 'name', 'columns'),
      ...lists('uniques', 'Unique', 'name', 'columns'),
      ...expressions(options, 'checks', 'Check'),
      ...expressions(options, 'exclusions', 'Exclusion'),
      ...lists('foreignKeys', 'ForeignKey', 'target', 'columnNames', 'referencedColumnNames'),
    ],
    unresolved: [],
    members: [
      ...entriesOf(options, 'columns').map(columnMember),
      ...entriesOf(options, 'embeddeds').map(embeddedMember),
      ...entriesOf(options, 'relations').map(relationMember),
    ],
    anchor: noAnchor(span),
  };
}

const noAnchor = (span: Span): Anchor => ({ span, indent: '', lists: {}, points: {} });

const decoratorOf = (name: string, args: Value[], span: Span): DecoratorRecord => ({
  origin: { module: 'typeorm', name },
  args,
  span,
});

const expressions = (options: Value, key: string, decorator: string): DecoratorRecord[] =>
  (itemsOf(property(options, key)) ?? []).map((item) =>
    decoratorOf(decorator, [property(item, 'name') ?? [], property(item, 'expression') ?? []].flat(), item.span),
  );

function entriesOf(options: Value, key: string): Entry[] {
  const value = property(options, key);
  return value?.kind === 'object' ? value.entries : [];
}

const columnFlags = {
  createDate: 'CreateDateColumn',
  updateDate: 'UpdateDateColumn',
  deleteDate: 'DeleteDateColumn',
  version: 'VersionColumn',
};

function columnMember({ key, span, value }: Entry): MemberRecord {
  const flag = Object.entries(columnFlags).find(([option]) => scalarOf(property(value, option)) === true)?.[1];
  const generated = property(value, 'generated');
  const foreignKey = property(value, 'foreignKey');
  const inverse = property(foreignKey, 'inverseSide');
  const target = property(foreignKey, 'target');
  return memberOf(key, span, [
    decoratorOf(flag ?? 'Column', [value], span),
    ...(generated && scalarOf(generated) !== false
      ? [decoratorOf('Generated', generated.kind === 'text' ? [generated] : [], span)]
      : []),
    ...(foreignKey && target
      ? [decoratorOf('ForeignKey', [target, ...(inverse ? [inverse] : []), foreignKey], span)]
      : []),
  ]);
}

/** The schema of an embedded class, by its name or by that of the variable that holds it. */
function embeddedMember({ key, span, value }: Entry): MemberRecord {
  const schema = property(value, 'schema');
  const name = schema?.kind === 'made' ? textOf(property(schema.args[0], 'name')) : undefined;
  const returns: Value | undefined = name === undefined ? schema : { kind: 'reference', name, path: [], span };
  const embedded: Value = { kind: 'function', id: key, ...(returns && { returns }), span };
  return memberOf(key, span, [decoratorOf('Column', [embedded, value], span)]);
}

const relationDecorators: { [type: string]: string } = {
  'many-to-one': 'ManyToOne',
  'one-to-many': 'OneToMany',
  'one-to-one': 'OneToOne',
  'many-to-many': 'ManyToMany',
};

function relationMember({ key, span, value }: Entry): MemberRecord {
  const type = textOf(property(value, 'type')) ?? '';
  const decorator = Object.hasOwn(relationDecorators, type) ? relationDecorators[type]! : 'ManyToOne';
  const join = (option: string, name: string): DecoratorRecord[] => {
    const given = property(value, option);
    if (!given || scalarOf(given) === false) return [];
    return [decoratorOf(name, given.kind === 'object' || given.kind === 'array' ? [given] : [], span)];
  };
  const target = property(value, 'target') ?? { kind: 'unknown' as const, why: 'no target', span };
  const inverse = property(value, 'inverseSide');
  return memberOf(key, span, [
    decoratorOf(decorator, [target, ...(inverse ? [inverse] : []), value], span),
    ...join('joinColumn', 'JoinColumn'),
    ...join('joinTable', 'JoinTable'),
  ]);
}

const memberOf = (name: string, span: Span, decorators: DecoratorRecord[]): MemberRecord => ({
  name,
  nameSpan: span,
  span,
  decorators,
  unresolved: [],
  anchor: noAnchor(span),
});
