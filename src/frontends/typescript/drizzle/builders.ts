import type { Dialect } from '../../../ir/index.js';
import { inQuotes } from '../../sql/names.js';
import { globals } from '../values/evaluate.js';
import { isHole, property, scalarOf, textOf, type Link, type Value } from '../values/values.js';
import { step } from '../values/applied.js';
import { coreOf, makerOf, type Core } from './modules.js';
import { typeBuilder } from './types.js';
import { callsOf, returnedWith } from './values.js';

/** How a column begins: the builder that it is made by, before its methods. */
export interface Builder {
  core: Core;
  /** As exported by Drizzle; `enum` or `customType` for one that the project makes. */
  name: string;
  /** The name that is given to the column. */
  columnName?: Value;
  config?: Value;
  /** The type as SQL; absent where it is not known. */
  type?: string;
  /** The methods behind it. */
  links: readonly Link[];
}

/** Takes a column apart; nothing where it is not made by a builder that is known. */
export function builderOf(value: Value, tableCore: Core, dialect: Dialect): Builder | undefined {
  const { root, links } = callsOf(value);
  if (root.kind === 'parameter') return ofParameter(root.path, links, tableCore);
  if (root.kind !== 'made') return undefined;
  const core = coreOf(root.origin.module);
  if (!core) return undefined;
  const maker = makerOf(root.origin);
  const [first, second, ...rest] = links;
  if (maker === 'enum' && first?.args && first.name === undefined)
    return ofEnum(core, root.args[0], undefined, first.args, links.slice(1), dialect);
  if (maker === 'schema' && first?.name === 'enum' && second?.args && second.name === undefined)
    return ofEnum(core, first.args?.[0], root.args[0], second.args, rest, dialect);
  if (root.origin.name === 'customType' && first?.args && first.name === undefined)
    return ofCustomType(core, root.args[0], first.args, links.slice(1));
  if (maker !== undefined) return undefined;
  return ofExport(core, root.origin.name, root.args, links);
}

/** `(t) => ({ id: t.uuid() })`, `({ uuid }) => ({ id: uuid() })`. */
function ofParameter(path: readonly string[], links: readonly Link[], core: Core): Builder | undefined {
  const [first, ...rest] = links;
  const name = path[0] ?? first?.name;
  if (name === undefined || path.length > 1 || !first?.args) return undefined;
  if (path.length === 1 && first.name !== undefined) return undefined;
  return ofExport(core, name, first.args, rest);
}

function ofExport(core: Core, name: string, args: readonly Value[], links: readonly Link[]): Builder | undefined {
  const typed = typeBuilder(core, name);
  if (!typed) return undefined;
  const { columnName, config } = namedArguments(args);
  const type = typed({ config, args });
  return { core, name, ...columnName, ...(config && { config }), ...(type !== undefined && { type }), links };
}

/** `(name?, config?)`, as every builder of a column takes them. */
function namedArguments([first, second]: readonly Value[]): { columnName?: { columnName: Value }; config?: Value } {
  if (!first || first.kind === 'undefined') return second ? { config: second } : {};
  if (first.kind === 'object' || first.kind === 'array') return { config: first };
  const empty = textOf(first) === '';
  return { ...(!empty && { columnName: { columnName: first } }), ...(second && { config: second }) };
}

function ofEnum(
  core: Core,
  name: Value | undefined,
  schema: Value | undefined,
  args: readonly Value[],
  links: readonly Link[],
  dialect: Dialect,
): Builder {
  const { columnName } = namedArguments(args);
  const words = [...(schema ? [textOf(schema)] : []), textOf(name)];
  const type = words.every((word) => word !== undefined)
    ? words.map((word) => inQuotes(word, dialect)).join('.')
    : undefined;
  return { core, name: 'enum', ...columnName, ...(type !== undefined && { type }), links };
}

function ofCustomType(core: Core, options: Value | undefined, args: readonly Value[], links: readonly Link[]): Builder {
  const { columnName, config } = namedArguments(args);
  const given = property(options, 'dataType');
  const returned =
    given?.kind === 'function'
      ? returnedWith(given, ({ index, path }) =>
          index === 0 ? path.reduce<Value | undefined>(step, config) : undefined,
        )
      : undefined;
  const type = returned && writtenOut(returned);
  return {
    core,
    name: 'customType',
    ...columnName,
    ...(config && { config }),
    ...(type !== undefined && { type }),
    links,
  };
}

/** A text with numbers in it, `String(3)` included; nothing where a part of it is not known. */
function writtenOut(value: Value): string | undefined {
  if (value.kind !== 'text') return undefined;
  const parts = value.parts.map((part) => (isHole(part) ? part.of && plainText(part.of) : part.value));
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

function plainText(value: Value): string | undefined {
  const isString = value.kind === 'made' && value.origin.module === globals && value.origin.name === 'String';
  const scalar = scalarOf(isString ? value.args[0] : value);
  return scalar === undefined || scalar === null ? undefined : String(scalar);
}
