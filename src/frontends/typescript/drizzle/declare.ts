import { ts } from 'ts-morph';
import type { FileFacts, Span, Text } from '../../../ir/index.js';
import { originOf } from '../linking/imports.js';
import { referencesIn } from '../linking/references.js';
import type { FileSymbols } from '../linking/file-symbols.js';
import { docOf, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { topLevel } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Origin, Value } from '../values/values.js';
import { changesOf, type ChangeRecord } from './changes.js';
import { configOf, type ConfigRecord } from './config.js';
import { makerIn, tableDeclarations } from './identities.js';
import { coreOf, makerOf } from './modules.js';
import { callsOf } from './values.js';

/** A declaration at the top of a file, as it is written. Names of other files are looked up when files are linked. */
export interface DeclarationRecord {
  name: string;
  /** The declaration without the keywords before it. */
  span: Span;
  doc?: Text;
  value: Value;
}

/** What a file says in Drizzle's words. */
export interface Declared {
  /** Tables and views, and what may turn out to be one. */
  tables: DeclarationRecord[];
  enums: DeclarationRecord[];
  /** Calls of `relations()` and `defineRelations()`. */
  relations: Value[];
  /** Objects of columns that tables may spread in. */
  helpers: DeclarationRecord[];
  config?: ConfigRecord;
  changes: ChangeRecord[];
  scope: FileFacts['scope'];
}

/** Code that changes rows may import a table and a client of the project, and nothing of Drizzle. */
const changesRows = /\.(?:delete|update|insert)\(/;

/** Reads what a file declares; nothing where it has nothing to do with Drizzle. */
export function declare(unit: Unit): Declared | undefined {
  if (!/drizzle-(?:orm|kit)/.test(unit.text) && !changesRows.test(unit.text)) return undefined;
  const declared: Declared = {
    tables: [],
    enums: [],
    relations: [],
    helpers: [],
    changes: changesOf(unit),
    scope: unit.context.scope,
  };
  const tables = new Set<ts.Node>();
  for (const { node } of tableDeclarations(unit)) {
    tables.add(node);
    declared.tables.push(recordOf(node, unit));
  }
  for (const { node, name } of constants(unit)) {
    if (tables.has(node)) continue;
    const initializer = node.initializer!;
    if (mayHoldColumns(initializer)) {
      const record = recordOf(node, unit);
      if (record.value.kind === 'object' && record.value.entries.some(({ value }) => isColumn(value)))
        declared.helpers.push(record);
    } else if (mayMakeEnum(initializer)) {
      const record = recordOf(node, unit);
      if (isEnum(record.value)) declared.enums.push({ ...record, name: name.text });
    }
  }
  for (const call of unit.calls) {
    if (!ts.isCallExpression(call)) continue;
    const origin = originOf(call.expression);
    if (origin?.module.startsWith('drizzle-orm') && /^(?:relations|defineRelations)$/.test(origin.name))
      declared.relations.push(evaluate(call, unit.scope));
  }
  const config = configOf(unit);
  if (config) declared.config = config;
  const { tables: named, enums, relations, helpers, changes } = declared;
  return !config && [named, enums, relations, helpers, changes].every(isEmpty) ? undefined : declared;
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;

function* constants({ source }: Unit): Generator<{ node: ts.VariableDeclaration; name: ts.Identifier }> {
  for (const declaration of topLevel(source).values()) {
    if (declaration.kind === 'variable' && declaration.path.length === 0 && declaration.node.initializer)
      yield declaration;
  }
}

/** An enum of PostgreSQL; the schema that it is one of may be of another file. */
function mayMakeEnum(initializer: ts.Expression): boolean {
  if (!ts.isCallExpression(initializer)) return false;
  const { expression } = initializer;
  return (
    makerIn(initializer) === 'enum' || (ts.isPropertyAccessExpression(expression) && expression.name.text === 'enum')
  );
}

function mayHoldColumns(initializer: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(initializer) ||
    (ts.isAsExpression(initializer) && ts.isObjectLiteralExpression(initializer.expression))
  );
}

function recordOf(node: ts.VariableDeclaration, unit: Unit): DeclarationRecord {
  const statement = node.parent.parent;
  const doc = docOf(ts.isVariableStatement(statement) ? statement : node);
  return {
    name: node.name.getText(),
    span: spanOf(node),
    ...(doc && { doc }),
    value: evaluate(node.initializer!, unit.scope),
  };
}

/** Whether a value is a column that a builder of Drizzle's makes. */
function isColumn(value: Value): boolean {
  const { root } = callsOf(value);
  return root.kind === 'made' && coreOf(root.origin.module) !== undefined && makerOf(root.origin) === undefined;
}

/** `pgEnum('role', [...])`, `schema.enum('role', [...])`. */
function isEnum(value: Value): boolean {
  const { root, links } = callsOf(value);
  if (root.kind !== 'made') return false;
  const maker = makerOf(root.origin);
  const [first, ...rest] = links;
  if (maker === 'enum') return links.length === 0;
  return maker === 'schema' && first?.name === 'enum' && rest.length === 0;
}

/** What the declarations of a file need of other files. */
export function awaits(symbols: FileSymbols): Origin[] {
  const declared = symbols.declared['drizzle'] as Declared | undefined;
  if (!declared) return [];
  const { tables, enums, helpers, relations, changes } = declared;
  const values = [
    ...[...tables, ...enums, ...helpers].map(({ value }) => value),
    ...relations,
    ...changes.map(({ target }) => target),
  ];
  return values.flatMap(referencesIn);
}
