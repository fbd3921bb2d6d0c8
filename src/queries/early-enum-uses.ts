import type { FileFacts, Operation, Project, QualifiedName, Statement } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { objectKey } from './names.js';
import { operationsIn, operationsOf, type On, type PlacedOperation } from './operations.js';
import { mentions } from './replay/default-names.js';
import { typeKey } from './replay/type-names.js';
import { schemaAt, type Schema, type TableState } from './replay.js';
import { histories } from './revision-graph.js';
import { sharesTransaction, transactionHolder } from './transactions.js';

/** A new value of an enum type, used before the transaction that adds it has ended. */
export interface EarlyUse {
  added: PlacedOperation & { operation: On<'AddEnumValue'> };
  addedIn: FileFacts;
  /** Two migrations share the transaction where they are run together, as on an empty database. */
  together: boolean;
  /** The transaction makes the type as well. */
  newType: boolean;
}

interface Pending extends Pick<EarlyUse, 'added' | 'addedIn'> {
  type: string;
}

/** The first such value of an operation. */
export function earlyUse(project: Project, { operation }: PlacedOperation): EarlyUse | undefined {
  return earlyUses(project).get(operation);
}

/** Per history, or script, one walk: what is compared with the values added before it are the strings of each operation. */
const earlyUses = defineQuery((project): ReadonlyMap<Operation, EarlyUse> => {
  const found = new Map<Operation, EarlyUse>();
  for (const { ordered } of histories(project)) {
    const pending = new Map<string, Pending[]>();
    for (const { migration, facts } of ordered) walk(project, facts, operationsOf(migration, 'up'), pending, found);
  }
  for (const facts of project.files) {
    for (const migration of facts.migrations) {
      walk(project, facts, operationsOf(migration, 'down'), new Map(), found);
    }
    if (facts.frontend !== 'sql') continue;
    const loose = [...operationsIn(facts)].filter(({ section }) => section === 'none');
    walk(project, facts, loose, new Map(), found);
  }
  return found;
});

function walk(
  project: Project,
  facts: FileFacts,
  operations: Iterable<PlacedOperation>,
  pending: Map<string, Pending[]>,
  found: Map<Operation, EarlyUse>,
): void {
  if (facts.dialect !== 'postgresql') return;
  const read = new Set<Statement>();
  for (const placed of operations) {
    const { operation, statement } = placed;
    if (placed.inRoutine || operation.kind === 'CreateRoutine' || operation.kind === 'Anonymous') continue;
    if (operation.kind === 'AddEnumValue') note(project, facts, placed, operation, pending);
    else if (pending.size > 0) {
      if (operation.kind === 'RenameEnumValue' || (statement && read.has(statement))) continue;
      if (statement) read.add(statement);
      const use = useIn(project, placed, pending);
      if (use) found.set(operation, use);
    }
  }
}

function note(
  project: Project,
  addedIn: FileFacts,
  placed: PlacedOperation,
  operation: On<'AddEnumValue'>,
  pending: Map<string, Pending[]>,
): void {
  const schema = schemaAt(project, operation);
  const isThere = schema?.enumType(operation.type)?.values.some(({ value }) => value === operation.value);
  if (schema === undefined || isThere) return;
  const type = objectKey(operation.type, schema.dialect);
  const before = pending.get(operation.value) ?? [];
  pending.set(operation.value, [...before, { type, added: { ...placed, operation }, addedIn }]);
}

function useIn(
  project: Project,
  placed: PlacedOperation,
  pending: ReadonlyMap<string, readonly Pending[]>,
): EarlyUse | undefined {
  const schema = schemaAt(project, placed.operation);
  if (schema === undefined) return undefined;
  for (const value of stringsOf(placed)) {
    for (const { type, added, addedIn } of pending.get(value) ?? []) {
      if (!isOfType(placed, type, value, schema)) continue;
      const shares = sharesTransaction(project, added, placed);
      const isKnown = transactionHolder(project, placed) !== 'unknown';
      if (shares === 'no' || (shares === 'unknown' && (!isKnown || added.migration === placed.migration))) continue;
      return { added, addedIn, together: shares === 'unknown', newType: isNewType(project, added, placed) };
    }
  }
  return undefined;
}

function isNewType(project: Project, { operation, ...rest }: EarlyUse['added'], use: PlacedOperation): boolean {
  const origin = schemaAt(project, operation)?.type(operation.type)?.origin;
  return origin !== undefined && sharesTransaction(project, { ...rest, operation: origin.operation }, use) !== 'no';
}

const strings = /'((?:[^']|'')*)'/g;

/** The strings that an operation, or the statement that it stands in, has in it. */
function stringsOf({ operation, statement }: PlacedOperation): Iterable<string> {
  const texts = statement ? [statement.text] : textsOf(operation);
  return new Set(
    texts.flatMap((text) => [...text.matchAll(strings)].map(([, value = '']) => value.replaceAll("''", "'"))),
  );
}

/** What is SQL of a call. */
function textsOf(operation: Operation): string[] {
  switch (operation.kind) {
    case 'CreateTable':
      return operation.definition.columns.flatMap((column) => column.default?.text ?? []);
    case 'AddColumn':
      return [operation.column.default?.text ?? []].flat();
    case 'SetDefault':
      return [operation.default.text];
    case 'AddConstraint':
      return 'expression' in operation.constraint ? [operation.constraint.expression] : [];
    case 'CreateIndex':
      return [operation.index.where ?? []].flat();
    default:
      return [];
  }
}

/** Whether a string stands in an operation where a value of an enum type does. */
function isOfType(placed: PlacedOperation, type: string, value: string, schema: Schema): boolean {
  const { operation, statement } = placed;
  const isType = (name: string): boolean => typeKey(name, schema.dialect) === type;
  if (operation.kind === 'CreateTable')
    return operation.definition.columns.some(
      (column) => isType(column.type.name) && column.default?.text.includes(`'${value}'`),
    );
  if (operation.kind === 'AddColumn') return isType(operation.column.type.name);
  const text = statement?.text ?? textsOf(operation).join(' ');
  const [name = type] = type.split('.').reverse();
  if (new RegExp(`(?:::|\\bAS)\\s*(?:"?\\w+"?\\.)?"?${escaped(name)}"?(?!\\w)`, 'i').test(text)) return true;
  return tablesOf(placed, schema).some((table) =>
    [...table.columns.values()].some(
      ({ column }) => isType(column.type.name) && isNamed(operation, text, column.name.value),
    ),
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a column plays a part, and not as text: `status::text = 'new'` asks for no value of the type. */
function isNamed(operation: Operation, text: string, column: string): boolean {
  // An INSERT that lists no columns fills all of them.
  if (operation.kind === 'Insert' && !/^\s*INSERT\s+INTO\s+[^\s(]+\s*\(/i.test(text)) return true;
  const plain = text.replace(new RegExp(`"?\\b${escaped(column)}\\b"?\\s*::\\s*(?:text|varchar)\\b`, 'gi'), '');
  return mentions(plain, column);
}

function tablesOf({ operation, statement }: PlacedOperation, schema: Schema): TableState[] {
  const own = 'table' in operation && operation.table ? [operation.table] : [];
  const names: QualifiedName[] = [...own, ...(statement?.reads ?? []), ...(statement?.writes ?? [])];
  return names.flatMap((name) => schema.table(name) ?? []);
}
