import type { AnchorList, Constraint, Dialect, Index, IndexKey, Name, Uncertainty } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import {
  anchorAt,
  bracketList,
  callList,
  columnNamed,
  contentSpan,
  exactName,
  nameFrom,
  spanOf,
  sqlText,
  textFrom,
} from '../source.js';
import { isNone, itemsOf, keyword, textOf, truth, type Arg, type CallValue, type Value } from '../values/value.js';
import { deferral, foreignKey, namesFrom, targetOf } from './column.js';
import type { RawTableArgs } from './raw.js';

/** One key of an index: a name, a column object, `text()` or any other expression, with `.desc()` and its like. */
export function indexKey({ value, node }: Arg, source: string): IndexKey {
  const text = textOf(value);
  if (text !== undefined) return { column: text, quoted: true };
  const named = columnNamed(value, node);
  if (named !== undefined) return columnKey(named);
  if (value.kind === 'call') {
    const order = /^(.*)\(\)\.(asc|desc|nulls_first|nulls_last|nullsfirst|nullslast)$/.exec(value.func);
    if (order !== null && value.of !== undefined) {
      const of = node.kind === 'Call' && node.func.kind === 'Attribute' ? node.func.value : value.of.node;
      return { ...indexKey({ value: value.of, node: of }, source), ...ordering(order[2] ?? '') };
    }
    const method = /^(.*)\.(asc|desc|nulls_first|nulls_last)$/.exec(value.func);
    if (method !== null && value.args.length === 0 && value.of === undefined) {
      return { ...columnKey(method[1] ?? ''), ...ordering(method[2] ?? '') };
    }
    const wrapped = /^sqlalchemy\.(asc|desc|nulls_first|nulls_last|nullsfirst|nullslast)$/.exec(value.func);
    if (wrapped !== null && value.args[0] !== undefined) {
      return { ...indexKey(value.args[0], source), ...ordering(wrapped[1] ?? '') };
    }
    if (value.func === 'sqlalchemy.column' && textOf(value.args[0]?.value) !== undefined) {
      return { column: textOf(value.args[0]?.value) ?? '', quoted: true };
    }
    return textKey(sqlText(value, source, node));
  }
  if (value.kind === 'ref') return columnKey(value.name);
  return { expression: sqlText(value, source, node) };
}

const columnKey = (name: string): IndexKey => ({ column: name.split('.').at(-1) ?? name, quoted: true });

const ordering = (word: string): IndexKey =>
  word === 'asc' || word === 'desc' ? { direction: word } : { nulls: word.includes('first') ? 'first' : 'last' };

/** A key given as SQL: `created_at DESC` is a column with a direction, anything else an expression. */
function textKey(text: string): IndexKey {
  const match = /^\s*"?(\w+)"?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/i.exec(text);
  if (match === null) return { expression: text };
  const [, column = '', direction, nulls] = match;
  return {
    column,
    ...(direction !== undefined && { direction: direction.toLowerCase() as 'asc' | 'desc' }),
    ...(nulls !== undefined && { nulls: nulls.toLowerCase() as 'first' | 'last' }),
  };
}

/** By which prefixes a dialect knows options as its own; another one's say nothing to it. */
const prefixes: { [dialect in Dialect]: readonly string[] } = {
  postgresql: ['postgresql'],
  cockroachdb: ['cockroachdb', 'postgresql'],
  mysql: ['mysql', 'mariadb'],
  mariadb: ['mariadb', 'mysql'],
  sqlite: ['sqlite'],
  tsql: ['mssql'],
  oracle: ['oracle'],
  unknown: ['postgresql', 'sqlite', 'mssql', 'mysql', 'oracle'],
};

function option(call: CallValue, name: string, dialect: Dialect): Arg | undefined {
  for (const prefix of prefixes[dialect]) {
    const found = keyword(call, `${prefix}_${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `mysql_length`: one for all keys, or by column. */
function lengthen(keys: readonly IndexKey[] | undefined, length: Value | undefined): void {
  const number = (value: Value | undefined) =>
    value?.kind === 'const' && typeof value.value === 'number' ? value.value : undefined;
  for (const key of keys ?? []) {
    const own =
      length?.kind === 'dict'
        ? number(length.entries.find(([name]) => textOf(name) === key.column)?.[1])
        : number(length);
    if (own !== undefined) key.length = own;
  }
}

/** An index of which part is not known could be any: a full one, a unique one, one over other columns. */
function doubtsAbout(
  call: CallValue,
  keys: IndexKey[] | undefined,
  unique: Arg | undefined,
  where: Arg | undefined,
): Uncertainty[] {
  const reasons = [
    ...(keys === undefined ? ['the columns of the index are not known'] : []),
    ...(unique !== undefined && truth(unique.value) === undefined ? ['whether the index is unique is not known'] : []),
    ...(where !== undefined && isComputed(where) ? ['the condition of the index is not known'] : []),
    ...(call.open ? ['the index is declared with arguments that are not known'] : []),
  ];
  return reasons.slice(0, 1).map((reason) => ({ about: 'everything', reason }));
}

/** Whether a condition may turn out to be none at all, or another one than is written. */
const isComputed = ({ value, node }: Arg): boolean =>
  textOf(value) === undefined &&
  !isNone(value) &&
  (/^(?:Name|IfExp|Subscript|BoolOp)$/.test(node.kind) ? value.kind === 'unknown' || value.kind === 'ref' : false);

/** An index from the arguments that SQLAlchemy's and Alembic's calls share. */
export function indexFrom(
  call: CallValue,
  name: Name | undefined,
  keys: IndexKey[] | undefined,
  { source, dialect }: Reading,
): Index {
  const own = (what: string) => option(call, what, dialect);
  const method = textOf((own('using') ?? own('prefix'))?.value)?.toLowerCase();
  const where = own('where');
  const include = own('include');
  const operators = own('ops')?.value;
  const concurrently = own('concurrently');
  lengthen(keys, own('length')?.value);
  if (operators?.kind === 'dict') {
    for (const [key, value] of operators.entries) {
      const found = keys?.find(({ column, expression }) => (column ?? expression) === textOf(key));
      const operator = textOf(value);
      if (found !== undefined && operator !== undefined) found.operatorClass = operator;
    }
  }
  const unique = keyword(call, 'unique');
  return {
    ...(name && { name }),
    keys: keys ?? [],
    unique: unique !== undefined && truth(unique.value) === true,
    ...(method !== undefined && { method }),
    ...(where && !isNone(where.value) && { where: sqlText(where.value, source, where.node) }),
    include: (include && namesFrom(include)?.map(({ value }) => value)) ?? [],
    ...(concurrently && truth(concurrently.value) === true && { concurrently: true as const }),
    span: spanOf(call.node),
    anchor: anchorAt(source, call.node, { call: callList(call.node) }),
    uncertain: doubtsAbout(call, keys, unique, where),
  };
}

/** A column named by text or by a column object. */
const columnName = (arg: Arg): Name | undefined => {
  const named = columnNamed(arg.value, arg.node);
  if (named !== undefined) return exactName(named, spanOf(arg.node));
  if (arg.value.kind === 'ref') return exactName(arg.value.name.split('.').at(-1) ?? '', contentSpan(arg.node));
  return nameFrom(arg);
};

/** Which argument is the name of a constraint, where it can be given without its keyword. */
const namePlaces: { readonly [kind: string]: number } = { CheckConstraint: 1, ForeignKeyConstraint: 2 };

/** Reads one schema item of `Table(…)`, `__table_args__` or `op.create_table`; whether it was one. */
export function readSchemaItem(value: Value, out: RawTableArgs, reading: Reading): boolean {
  if (value.kind !== 'call') return false;
  const { source } = reading;
  const kind = /^sqlalchemy\.(\w+)$/.exec(value.func)?.[1];
  const nameArg = keyword(value, 'name') ?? value.args[namePlaces[kind ?? ''] ?? Infinity];
  const name = nameArg && nameFrom(nameArg);
  const base = {
    ...(name && { name }),
    span: spanOf(value.node),
    anchor: anchorAt(source, value.node, { call: callList(value.node) }),
  };
  if (kind === 'Index') {
    const [first, ...keys] = value.args;
    const indexName = name ?? (first && nameFrom(first));
    const given = name ? value.args : keys;
    const index = indexFrom(
      value,
      indexName,
      value.open ? undefined : given.map((key) => indexKey(key, source)),
      reading,
    );
    out.indexes.push(index);
    return true;
  }
  if (kind === 'UniqueConstraint' || kind === 'PrimaryKeyConstraint') {
    const columns = value.args.map((arg) => columnName(arg));
    const known = !value.open && columns.every((column) => column !== undefined);
    out.constraints.push({
      kind: kind === 'UniqueConstraint' ? 'unique' : 'primary',
      columns: known ? columns : [],
      ...base,
      ...deferral(value),
      uncertain: known ? [] : [{ about: 'columns', reason: 'the columns of the constraint are not known' }],
    });
    return true;
  }
  if (kind === 'CheckConstraint') {
    const [condition] = value.args;
    out.constraints.push({
      kind: 'check',
      expression: condition ? sqlText(condition.value, source, condition.node) : '',
      ...base,
      uncertain: [],
    });
    return true;
  }
  if (kind === 'ForeignKeyConstraint') {
    const [columns, targets] = value.args;
    const names = namesFrom(columns);
    const items = targets && itemsOf(targets.value);
    const nodes = targets?.node.kind === 'List' || targets?.node.kind === 'Tuple' ? targets.node.items : [];
    const resolved = items?.map((item, at) => targetOf({ value: item, node: nodes[at] ?? value.node })) ?? [];
    const constraint: Constraint = {
      ...foreignKey(value, names ?? [], {
        ...(resolved[0]?.target && { target: resolved[0].target }),
        targetColumns: resolved.flatMap((each) => each.targetColumns),
      }),
      ...base,
    };
    if (names === undefined)
      constraint.uncertain.push({ about: 'columns', reason: 'the columns of the foreign key are not known' });
    out.constraints.push(constraint);
    if (resolved[0]?.ref !== undefined)
      out.targets.push({ constraint: out.constraints.length - 1, ref: resolved[0].ref });
    return true;
  }
  if (kind === 'ExcludeConstraint') {
    out.constraints.push({ kind: 'exclude', expression: '', ...base, uncertain: [] });
    return true;
  }
  return false;
}

/** Options that `Table(…)` takes as keywords and `__table_args__` as dict entries. */
export function readOption(name: string, arg: Arg, out: RawTableArgs): void {
  if (name === 'schema') {
    const schema = nameFrom(arg);
    if (schema && schema.unknown !== true) out.schema = { value: schema.value, span: schema.span };
    else if (!isNone(arg.value)) out.unknown = 'the schema of the table is not known';
  }
  if (name === 'comment') {
    const comment = textFrom(arg);
    if (comment !== undefined && comment.value !== '') out.comment = comment;
    else if (comment === undefined && !isNone(arg.value)) out.unknown = 'the comment of the table is computed';
  }
}

export const noArgs = (): RawTableArgs => ({ constraints: [], indexes: [], targets: [] });

/** Reads the value of `__table_args__`. */
export function readTableArgs(arg: Arg, out: RawTableArgs, reading: Reading): void {
  const { value, node } = arg;
  const items = value.kind === 'tuple' || value.kind === 'list' ? value.items : [value];
  const siblings = node.kind === 'Tuple' ? bracketList(node, reading.source) : undefined;
  for (const item of items) {
    if (item.kind === 'dict') {
      for (const [key, entry] of item.entries) {
        const name = textOf(key);
        if (name === undefined) out.unknown = 'an option of the table is not known';
        else readOption(name, { value: entry, node: entryNode(node, name) }, out);
      }
    } else if (!readSchemaItem(item, out, reading) && !isNone(item)) {
      out.unknown = 'part of __table_args__ is not known';
    }
  }
  addSiblings(out, siblings);
}

/** Tells indexes the list that they stand in, so that the pen can take them out of it. */
export function addSiblings({ indexes }: RawTableArgs, siblings: AnchorList | undefined): void {
  for (const { anchor, span } of indexes) {
    const stands = siblings?.entries.some((entry) => entry.span.start === span.start);
    if (anchor !== undefined && siblings !== undefined && stands === true) anchor.lists['siblings'] = siblings;
  }
}

/** Where a dict entry's value is written, for its span. */
function entryNode(node: Arg['node'], name: string): Arg['node'] {
  const dicts =
    node.kind === 'Dict' ? [node] : node.kind === 'Tuple' ? node.items.filter((item) => item.kind === 'Dict') : [];
  for (const dict of dicts) {
    const found = dict.kind === 'Dict' && dict.entries.find(({ key }) => key?.kind === 'Str' && key.value === name);
    if (found) return found.value;
  }
  return node;
}

/** The lists of `__table_args__` that the pen may write into. */
export function tableArgsLists(node: Arg['node'], source: string) {
  const dict =
    node.kind === 'Dict'
      ? node
      : node.kind === 'Tuple'
        ? node.items.findLast((item) => item.kind === 'Dict')
        : undefined;
  const tuple = node.kind === 'Tuple' ? bracketList(node, source) : undefined;
  const options = dict && bracketList(dict, source);
  return { ...(tuple && { tableArgs: tuple }), ...(options && { tableOptions: options }) };
}
