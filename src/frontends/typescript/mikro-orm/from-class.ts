import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { entriesFrom, isTruth, optionsOf } from './options.js';
import type { EntityRecord, Extra, Kind, PropertyRecord } from './entity-record.js';
import { isMikro } from './modules.js';
import { mayBeOfProject } from '../linking/imports.js';
import { property, type Value } from '../values/values.js';

const kinds: { [decorator: string]: Kind } = {
  Property: 'scalar',
  PrimaryKey: 'scalar',
  SerializedPrimaryKey: 'scalar',
  Enum: 'scalar',
  Formula: 'scalar',
  Embedded: 'embedded',
  ManyToOne: 'm:1',
  OneToOne: '1:1',
  OneToMany: '1:m',
  ManyToMany: 'm:n',
};

const extraKinds: { [decorator: string]: Extra['kind'] } = { Index: 'index', Unique: 'unique', Check: 'check' };

/** The entity that a class with MikroORM's decorators is; nothing for any other class. */
export function entityOfClass(record: ClassRecord): EntityRecord | undefined {
  const [entity] = mikro(record.decorators, 'Entity');
  const [embeddable] = mikro(record.decorators, 'Embeddable');
  const properties = record.members.flatMap((member) => propertyOf(member) ?? []);
  if (!entity && !embeddable && properties.length === 0) return undefined;
  const options = optionsOf((entity ?? embeddable)?.args[0], record.span);
  const missing = record.mixedIn
    ? `the base class of ${record.name} is computed`
    : record.members.map(openDecorator).find((reason) => reason !== undefined);
  return {
    className: record.name,
    nameSpan: record.nameSpan,
    span: record.span,
    role: roleOf(entity !== undefined, embeddable !== undefined, options),
    options,
    ...(record.base && { base: record.base }),
    ...(missing !== undefined && { missing }),
    properties,
    extras: extrasOf(record.decorators, record.anchor),
    reflected: true,
    ...(record.construction?.mayThrow && { throws: true as const }),
    ...(record.doc && { doc: record.doc }),
    anchor: { ...record.anchor, lists: (entity ?? embeddable)?.lists ?? {} },
  };
}

function roleOf(isEntity: boolean, isEmbeddable: boolean, options: Value): EntityRecord['role'] {
  if (isEmbeddable) return 'embeddable';
  if (!isEntity) return 'base';
  if (property(options, 'expression')) return 'virtual';
  return isTruth(options, 'abstract') && !property(options, 'discriminatorColumn') ? 'base' : 'entity';
}

const mikro = (decorators: readonly DecoratorRecord[], ...names: string[]): DecoratorRecord[] =>
  decorators.filter(({ origin }) => isMikro(origin, ...names));

/** A decorator that could not be followed, on a property with none that is known: it may declare any number of columns. */
function openDecorator(member: MemberRecord): string | undefined {
  if (mikro(member.decorators, ...Object.keys(kinds)).length > 0) return undefined;
  const all = [...member.unresolved, ...member.decorators.map(({ origin }) => origin)];
  const found = all.find(({ module }) => module === '.' || mayBeOfProject(module));
  return found && `the decorator ${found.name} of ${member.name} is not followed`;
}

const extrasOf = (decorators: readonly DecoratorRecord[], anchor: MemberRecord['anchor']): Extra[] =>
  mikro(decorators, ...Object.keys(extraKinds)).map(({ origin, args, span }) => ({
    kind: extraKinds[origin.name]!,
    options: args[0],
    span,
    anchor: { span, indent: anchor.indent, lists: {}, points: { decorator: span.start } },
  }));

function propertyOf(member: MemberRecord): PropertyRecord | undefined {
  const [decorator] = mikro(member.decorators, ...Object.keys(kinds));
  if (!decorator) return undefined;
  const { name } = decorator.origin;
  const { options, target, open } = argumentsOf(name, decorator);
  return {
    name: member.name,
    nameSpan: member.nameSpan,
    span: member.span,
    kind: kinds[name]!,
    declaredAs: `@${name}`,
    options,
    ...(open && { open: true as const }),
    ...(target && { target }),
    ...(member.type && { type: member.type }),
    ...(member.initial && { initial: member.initial }),
    extras: extrasOf(member.decorators, member.anchor),
    ...(member.doc && { doc: member.doc }),
    anchor: { ...member.anchor, lists: decorator.lists ?? {} },
  };
}

/** What each decorator says by itself, as the options that say the same. */
const implied: { [decorator: string]: string } = {
  PrimaryKey: 'primary',
  SerializedPrimaryKey: 'serializedPrimaryKey',
  Enum: 'enum',
  Formula: 'formula',
};

interface Arguments {
  options: Value;
  target?: Value;
  open?: boolean;
}

function argumentsOf(name: string, { args, span }: DecoratorRecord): Arguments {
  const objects = args.filter((value) => value.kind === 'object');
  const [first, second] = args;
  const flag = implied[name];
  const entries = objects.flatMap((value) => entriesFrom(value));
  if (flag !== undefined) entries.push({ key: flag, span, value: { kind: 'known', value: true, span } });
  const isTarget = first !== undefined && first.kind !== 'object' && first.kind !== 'undefined';
  if (name === 'Enum' && isTarget) entries.push({ key: 'items', span: first.span, value: first });
  if (/^(?:OneToOne|OneToMany|ManyToMany)$/.test(name) && second && /^(?:function|text)$/.test(second.kind))
    entries.push({ key: 'mappedBy', span: second.span, value: second });
  const open = args.some(
    (value, index) =>
      (value.kind === 'object' && !value.complete) ||
      (index > 0 && !/^(?:object|function|text|undefined)$/.test(value.kind)),
  );
  const options: Value = { kind: 'object', entries, complete: true, span };
  const target = /^(?:Enum|Formula|Property|PrimaryKey|SerializedPrimaryKey)$/.test(name)
    ? undefined
    : isTarget
      ? first
      : property(options, 'entity');
  const computed = isTarget && /^(?:Property|PrimaryKey|SerializedPrimaryKey)$/.test(name);
  return { options, ...(target && { target }), open: open || computed };
}
