import type { Condition, Constraint, Name, Operation, QualifiedName, Statement } from '../../ir/index.js';
import type { ReadColumn, Reading, ReadName, ReadOperation } from './providers/provider.js';
import { unquoted } from './shape/cursor.js';
import { mask } from './source.js';
import { hostSpan } from './statement-offsets.js';
import { Lexer } from './tokens.js';

/**
 * Adds to a statement what a grammar knows of it. Where they don't agree on what it does, and to which table, nothing is
 * added. Asking twice changes nothing.
 * @returns what they do not agree on
 */
export function merge(statement: Statement, reading: Reading): string | undefined {
  // A name or clause that is put in at run time stands in the text as some other name.
  if (statement.holes.some(({ role }) => role === 'identifier' || role === 'clause')) return undefined;
  const { operations, reads = [], writes = [] } = reading;
  if (operations !== undefined && operations.length !== statement.operations.length)
    return `${String(operations.length)} operations, not ${String(statement.operations.length)}`;
  const pairs = operations?.map((each, index) => [statement.operations[index]!, each] as const) ?? [];
  for (const [own, read] of pairs) {
    const difference = disagreement(own, read);
    if (difference !== undefined) return difference;
  }
  for (const kind of ['reads', 'writes'] as const) {
    const known = reading[kind] && new Set(reading[kind].map(keyOf));
    const odd = known && statement[kind].find((name) => !known.has(keyOf(named(name))));
    if (odd) return `${kind} of ${odd.name.value}`;
  }
  const clean = withoutHoles(statement);
  for (const [own, read] of pairs) refine(own, read, clean);
  addNames(statement, statement.reads, reads);
  addNames(statement, statement.writes, writes);
  return undefined;
}

type Clean = (condition: Condition) => Condition;

/** Leaves out the names that stand for values of the run time. */
function withoutHoles({ holes }: Statement): Clean {
  if (holes.length === 0) return (condition) => condition;
  const masks = new Set(holes.map(({ span }) => mask(span.end - span.start)));
  const isOwn = (name: string): boolean => !masks.has(name);
  return ({ uses, notNull, onlyNull }) => ({
    ...(uses && { uses: uses.filter(isOwn) }),
    ...(notNull?.some(isOwn) && { notNull: notNull.filter(isOwn) }),
    ...(onlyNull !== undefined && isOwn(onlyNull) && { onlyNull }),
  });
}

const named = ({ schema, name }: QualifiedName): Omit<ReadName, 'at'> => ({
  ...(schema && { schema: schema.value }),
  name: name.value,
});
const keyOf = ({ schema = '', name }: Omit<ReadName, 'at'>): string => `${cut(schema)}.${cut(name)}`;

/** What is compared of a name: servers fold the case of it, and cut what is long. */
const cut = (name: string): string => name.toLowerCase().slice(0, 20);
const isSame = (own: Name | string, read: string): boolean =>
  cut(typeof own === 'string' ? own : own.value) === cut(read);

function disagreement(own: Operation, read: ReadOperation): string | undefined {
  // What was not read from the words is known to be unknown.
  if (own.kind === 'Opaque') return undefined;
  if (read.kind !== undefined && own.kind !== read.kind) return `${read.kind}, not ${own.kind}`;
  const { table, columns, keys, checks, excludes, condition } = read;
  if (table && 'table' in own && own.table && keyOf(named(own.table)) !== keyOf(table)) return `table ${table.name}`;
  const wrong = (part: string): string => `${part} of ${own.kind}`;
  if (columns && !isListOf(columnsOf(own), columns)) return wrong('columns');
  const { check, exclude } = constraintsOf(own);
  if (checks && checks.length !== check.length) return wrong('checks');
  if (excludes && excludes.length !== exclude.length) return wrong('exclusions');
  if (own.kind === 'CreateIndex') {
    const isExpression = own.index.keys.map(({ column }) => column === undefined);
    if (keys && String(keys.map(({ uses }) => uses !== undefined)) !== String(isExpression)) return wrong('keys');
    if ((own.index.where === undefined) !== (condition === undefined)) return wrong('predicate');
  }
  if (own.kind === 'Update' || own.kind === 'Delete') {
    if ((own.where === 'absent') !== (condition === undefined)) return wrong('condition');
  }
  return undefined;
}

/** The columns that an operation defines, or the name of the one that it changes. */
function columnsOf(own: Operation): (ColumnFacts | Name)[] {
  switch (own.kind) {
    case 'CreateTable':
      return own.definition.columns;
    case 'AddColumn':
      return [own.column];
    case 'AlterColumnType':
    case 'SetDefault':
      return [own.column];
    default:
      return [];
  }
}

type ColumnFacts = Extract<Operation, { kind: 'AddColumn' }>['column'];

function isListOf(own: readonly (ColumnFacts | Name)[], read: readonly ReadColumn[]): boolean {
  return (
    own.length === read.length &&
    own.every((each, index) => {
      const { name, checks = [] } = read[index]!;
      if (!('type' in each)) return isSame(each, name);
      return isSame(each.name, name) && checks.length === each.constraints.filter(isCheck).length;
    })
  );
}

const isCheck = (constraint: Constraint) => constraint.kind === 'check';

function constraintsOf(own: Operation) {
  const all =
    own.kind === 'CreateTable' ? own.definition.constraints : own.kind === 'AddConstraint' ? [own.constraint] : [];
  return {
    check: all.filter((constraint) => constraint.kind === 'check'),
    exclude: all.filter((constraint) => constraint.kind === 'exclude'),
  };
}

function refine(own: Operation, read: ReadOperation, clean: Clean): void {
  const { columns = [], checks = [], excludes = [], keys = [], condition, using } = read;
  for (const [index, column] of columnsOf(own).entries()) {
    if ('type' in column && columns[index]) refineColumn(column, columns[index], clean);
  }
  const { check, exclude } = constraintsOf(own);
  for (const [index, each] of check.entries()) if (checks[index]) Object.assign(each, clean(checks[index]));
  for (const [index, each] of exclude.entries()) if (excludes[index]) Object.assign(each, clean(excludes[index]));
  const [only] = columns;
  if (own.kind === 'CreateIndex') {
    for (const [index, key] of own.index.keys.entries()) Object.assign(key, clean(keys[index] ?? {}));
    if (condition) own.index.predicate = clean(condition);
  } else if (own.kind === 'Update' || own.kind === 'Delete') {
    if (condition) own.condition = clean(condition);
  } else if (own.kind === 'CreateView' || own.kind === 'CreateMaterializedView') {
    if (read.uses) own.uses = read.uses.filter(({ column }) => clean({ uses: [column] }).uses?.length !== 0);
  } else if (own.kind === 'AlterColumnType') {
    if (only?.type !== undefined) own.type.name = only.type;
    if (using) own.usingFrom = clean(using);
  } else if (own.kind === 'SetDefault' && only?.volatility !== undefined) {
    own.default.volatility = only.volatility;
  }
}

function refineColumn(
  own: ColumnFacts,
  { type, volatility, generatedFrom, checks = [] }: ReadColumn,
  clean: Clean,
): void {
  if (type !== undefined) own.type.name = type;
  if (volatility !== undefined && own.default) own.default.volatility = volatility;
  if (generatedFrom) own.generatedFrom = clean(generatedFrom);
  for (const [index, each] of own.constraints.filter(isCheck).entries())
    if (checks[index]) Object.assign(each, clean(checks[index]));
}

/** Adds the tables that were not found from words alone. */
function addNames(statement: Statement, own: QualifiedName[], read: readonly ReadName[]): void {
  const known = new Set(own.map((name) => keyOf(named(name))));
  for (const each of read) {
    const key = keyOf(each);
    if (known.has(key)) continue;
    known.add(key);
    const name = nameAt(statement, each.at);
    if (name) own.push(name);
  }
}

/** The dotted name that stands at a place in the text; of more than two parts the last two count. */
function nameAt(statement: Statement, at: number): QualifiedName | undefined {
  const text = statement.text.slice(at, at + 600);
  const lexer = new Lexer(text, statement.dialect);
  const parts: Name[] = [];
  for (let token = lexer.next(); token; token = lexer.next()) {
    const { kind, start, end } = token;
    if (kind !== 'word' && kind !== 'quoted') break;
    const written = text.slice(start, end);
    parts.push({
      value: kind === 'quoted' ? unquoted(written) : written,
      quoted: kind === 'quoted',
      span: hostSpan(statement, at + start, at + end),
    });
    const dot = lexer.next();
    if (dot === undefined || text.slice(dot.start, dot.end) !== '.') break;
  }
  const [name, schema] = parts.reverse();
  if (name === undefined) return undefined;
  const start = parts.at(-1)!.span.start;
  return { ...(schema && { schema }), name, span: { start, end: name.span.end } };
}
