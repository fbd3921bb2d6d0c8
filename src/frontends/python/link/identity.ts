import type { Span } from '../../../ir/index.js';
import { flaskTableName } from '../models/naming.js';
import type { RawClass, RawTableArgs } from '../models/raw.js';
import { snakeCase } from '../models/table-name.js';
import { isBase, lineageOf, type Ancestor, type Lineage } from './lineage.js';
import type { World } from './world.js';
import type { Context } from './context.js';

/** What a class calls its table. */
export interface TableIdentity {
  name: string;
  span: Span;
  /** The library makes it of the class name, and nobody wrote it. */
  generated?: true;
  schema?: { value: string; span: Span };
}

export const hasColumns = (raw: RawClass) =>
  raw.members.some((member) => member.kind === 'column' && member.plain !== true);

/** Whether a class of the lineage is a table by itself, so that its columns stay with it. */
function isConcrete({ module, raw }: Ancestor, world: World): boolean {
  if (raw.abstract || isBase(raw) || raw.mappedTable) return raw.mappedTable === true;
  const lineage = lineageOf({ module, raw }, world);
  if (lineage.orm === undefined) return false;
  if (lineage.orm === 'sqlmodel') return raw.sqlmodelTable === true;
  if (lineage.orm === 'flask-sqlalchemy') {
    // A child of a table has one of its own by its key, whatever it is named.
    if (hasPrimary(raw)) return true;
    if (lineage.classes.slice(1).some((each) => isConcrete(each, world))) return false;
  }
  if (raw.table !== undefined && !('pattern' in raw.table) && !('snake' in raw.table)) return true;
  return lineage.orm === 'flask-sqlalchemy' && hasColumns(raw);
}

const hasPrimary = (raw: RawClass): boolean =>
  raw.members.some((m) => m.kind === 'column' && m.column.constraints.some(({ kind }) => kind === 'primary')) ||
  raw.args.constraints.some(({ kind }) => kind === 'primary');

/** The part of the lineage that gives its columns to the class: up to the first table of its own. */
export function givers(lineage: Lineage, world: World): { own: Ancestor[]; parent?: Ancestor } {
  const own: Ancestor[] = [];
  let parent: Ancestor | undefined;
  const hidden = new Set<RawClass>();
  for (const each of lineage.classes) {
    if (hidden.has(each.raw)) continue;
    if (own.length > 0 && isConcrete(each, world)) {
      parent ??= each;
      for (const { raw } of lineageOf(each, world).classes) hidden.add(raw);
    } else own.push(each);
  }
  return { own, ...(parent && { parent }) };
}

/** The table name of a class, given or made from the class name. */
export function identityOf(
  raw: RawClass,
  lineage: Lineage,
  own: Ancestor[],
  hasParent: boolean,
  context: Pick<Context, 'world' | 'module'>,
): TableIdentity | 'computed' | undefined {
  const giver = own.find((each) => each.raw.table !== undefined);
  const table = giver?.raw.table;
  const at = giver?.raw === raw && table !== undefined ? table.span : raw.nameSpan;
  const primary = hasPrimary(raw);
  if (lineage.orm === 'flask-sqlalchemy' && hasParent && !primary) return undefined;
  if (table !== undefined) {
    if ('value' in table) return { name: table.value, span: at };
    if ('pattern' in table) {
      if (hasParent && !primary) return undefined;
      const { lower, prefix, suffix } = table.pattern;
      return { name: prefix + (lower ? raw.name.toLowerCase() : raw.name) + suffix, span: at };
    }
    if ('snake' in table) {
      if (hasParent && !primary) return undefined;
      const name = snakeCase(raw.name);
      return name === undefined ? 'computed' : { name, span: at };
    }
    if ('constant' in table) {
      const found = context.world.find(table.constant, context.module.module);
      if (found?.kind === 'constant') return { name: found.value, span: at };
    }
    return 'computed';
  }
  if (lineage.orm === 'sqlmodel')
    return raw.sqlmodelTable === true ? { name: raw.name.toLowerCase(), span: at, generated: true } : undefined;
  if (lineage.orm === 'flask-sqlalchemy' && (!hasParent || primary)) {
    return { name: flaskTableName(raw.name), span: at, generated: true };
  }
  return undefined;
}

export const hasArgs = (args: RawTableArgs) =>
  args.constraints.length + args.indexes.length > 0 ||
  args.schema !== undefined ||
  args.comment !== undefined ||
  args.unknown !== undefined;
