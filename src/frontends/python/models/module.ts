import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import { importsOf, loadsByName } from '../environment/imports.js';
import { canonical, moduleName } from '../values/names.js';
import { isNone, keyword, textOf, type CallValue } from '../values/value.js';
import { readAnnotation } from './annotation.js';
import { makersIn } from './defaults.js';
import { baseFrom, classesIn, readClass } from './classes.js';
import { columnCall, readColumn } from './column.js';
import { readConvention } from './metadata.js';
import { outsideIndexes } from './outside.js';
import type { ModuleSymbols, RawColumn, RawTable } from './raw.js';
import { readTableObject } from './tables.js';
import type { Expr, Stmt, StmtOf } from '../syntax/nodes.js';

/** Everything of a module that its own tables or other modules need. */
export function readModule(reading: Reading): ModuleSymbols {
  const { interpreter, path, module } = reading;
  const { scope } = interpreter;
  const symbols: ModuleSymbols = {
    module: moduleName(path),
    isPackage: path.endsWith('__init__.py'),
    imports: {},
    stars: [...interpreter.stars],
    classes: [],
    tables: [],
    constants: {},
    aliases: {},
    annotated: {},
    metadata: {},
    collections: [],
    outside: [...outsideIndexes(module.body, reading)],
    created: createdIn(reading.source),
    attached: attachedIn(reading.source),
    assigned: assignedIn(reading.source),
    loads: importsOf(reading),
    ...(loadsByName(reading.source) && { loadsByName: true as const }),
    makers: makersIn(module.body, reading),
    values: [],
    asked: [],
    source: reading.source,
  };
  if (/(?:^|\/)env\.py$/.test(path) && scope.bindings.has('target_metadata')) {
    const target = interpreter.name('target_metadata', scope);
    if (!isNone(target)) symbols.target = target.kind === 'ref' ? target.name : '';
  }
  for (const node of classesIn(module.body)) {
    symbols.classes.push(readClass(node, scope, reading));
    const own = ownTable(node, reading);
    if (own !== undefined) symbols.tables.push(own);
  }
  for (const [name, bindings] of scope.bindings) {
    const imported = bindings.find((binding) => binding.kind === 'import');
    if (imported !== undefined) {
      if (imported.name !== name) symbols.imports[name] = imported.name;
      continue;
    }
    const binding = bindings.at(-1);
    if (binding?.kind === 'function') symbols.values.push(name);
    if (binding?.kind !== 'value' || bindings.length > 1) continue;
    const annotated = annotatedAlias(name, binding.expr, reading);
    if (annotated !== undefined) symbols.annotated[name] = annotated;
    const value = interpreter.name(name, scope);
    const text = textOf(value);
    if (text !== undefined && text.length < 1000) symbols.constants[name] = text;
    else if (value.kind === 'ref' && value.name !== name) symbols.aliases[name] = canonical(value.name);
    else if (value.kind === 'call') readVariable(name, value, binding.stmt, symbols, reading);
    if (!isDeclaration(name, symbols)) symbols.values.push(name);
  }
  addLater(module.body, symbols, reading);
  for (const [name, table] of mappedClasses(module.body)) {
    const raw = symbols.classes.find((each) => each.name === name);
    if (raw === undefined) continue;
    raw.mappedTable = true;
    const value = table && interpreter.evaluate(table, scope);
    if (table?.kind === 'Name' && symbols.tables.some(({ variable }) => variable === table.id)) {
      raw.mappedTo = `${symbols.module}.${table.id}`;
    } else if (value?.kind === 'ref') raw.mappedTo = canonical(value.name);
  }
  symbols.asked = [...interpreter.asked];
  return symbols;
}

/** Whether other files know a variable by what it declares, so that its value tells them nothing more. */
const isDeclaration = (name: string, { tables, metadata, annotated, classes }: ModuleSymbols): boolean =>
  Object.hasOwn(metadata, name) ||
  Object.hasOwn(annotated, name) ||
  tables.some(({ variable }) => variable === name) ||
  classes.some((each) => each.name === name);

/** Names that `create_all()` is called on. */
const createdIn = (source: string): string[] => [
  ...new Set([...source.matchAll(/\b(\w+)\.create_all\b/g)].map(([, name = '']) => name)),
];

const listening =
  /\blistens_for\b|\bevent\.listen\b|\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:CONSTRAINT\s+)?TRIGGER\b|\bPGTrigger\b/i;

/** A trigger that is written in Python sets columns by their bare names, and a listener an attribute of its target. */
function assignedIn(source: string): ModuleSymbols['assigned'] {
  const names = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))];
  return {
    self: names(/\bself\.(\w+)\s*=(?!=)/g),
    listened: listening.test(source) ? names(/\b(\w+)\s*:?=(?!=)/g) : [],
  };
}

const attachedIn = (source: string): string[] => [
  ...new Set(
    [...source.matchAll(/\b\w+\.(\w+) *= *(?:\w+\.)*relationship\(|\.add_property\(\s*['"](\w+)/g)].map(
      ([, name, added]) => name ?? added ?? '',
    ),
  ),
];

/** The `__table__ = Table(…)` of a class. */
function ownTable(node: StmtOf<'ClassDef'>, reading: Reading): RawTable | undefined {
  const { interpreter } = reading;
  for (const stmt of node.body) {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
    if (stmt.kind !== 'Assign' || target?.kind !== 'Name' || target.id !== '__table__') continue;
    const value = interpreter.evaluate(stmt.value, interpreter.classScope(node, interpreter.scope));
    // A name is a table that another statement declares.
    if (value.kind !== 'call' || stmt.value.kind !== 'Call') return undefined;
    return readTableObject(value, undefined, spanOf(stmt), reading);
  }
  return undefined;
}

/** Classes that `map_imperatively(Class, table)` or the older `mapper(…)` ties to a `Table` object, with that. */
function* mappedClasses(body: readonly Stmt[]): Generator<[name: string, table: Expr | undefined]> {
  for (const stmt of body) {
    if (stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Call') continue;
    const { func, args } = stmt.value;
    const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
    const [first, table] = args;
    if (/^(?:map_imperatively|mapper)$/.test(name) && first?.kind === 'Name') yield [first.id, table];
  }
}

/** `User.name = Column(…)`: a column that a class gets after its own statement. */
function addLater(body: readonly Stmt[], { classes }: ModuleSymbols, reading: Reading): void {
  const { interpreter } = reading;
  for (const stmt of body) {
    const [target] = stmt.kind === 'Assign' ? stmt.targets : [];
    if (stmt.kind !== 'Assign' || target?.kind !== 'Attribute' || target.value.kind !== 'Name') continue;
    const { value: owner, attr: name, attrStart: start } = target;
    const raw = classes.find((each) => each.name === owner.id);
    const call = raw && columnCall(interpreter.evaluate(stmt.value, interpreter.scope));
    if (raw === undefined || call === undefined) continue;
    const attribute = { name, span: { start, end: start + name.length } };
    const column = readColumn(call, { reading, span: spanOf(stmt), attribute, nullableByDefault: true });
    if (column !== undefined) raw.members.push(column);
  }
}

function readVariable(
  name: string,
  value: CallValue,
  stmt: { start: number; end: number },
  symbols: ModuleSymbols,
  reading: Reading,
): void {
  const base = baseFrom(name, value, stmt, reading);
  if (base !== undefined) symbols.classes.push(base);
  if (value.func === 'sqlalchemy.MetaData') {
    const { convention, metadataSchema } = readConvention(value);
    symbols.metadata[name] = {
      ...(convention && { convention }),
      ...(metadataSchema !== undefined && { schema: metadataSchema }),
    };
  }
  if (/\.SQLAlchemy$/.test(value.func)) {
    const metadata = keyword(value, 'metadata');
    if (metadata !== undefined) {
      const { convention } = readConvention(metadata.value);
      symbols.metadata[name] = convention ? { convention } : {};
    }
  }
  const table = readTableObject(value, name, spanOf(stmt), reading);
  if (table !== undefined) symbols.tables.push(table);
}

/** `intpk = Annotated[int, mapped_column(primary_key=True)]`, `Status = Literal['open', 'closed']`. */
function annotatedAlias(name: string, expr: Expr, reading: Reading): RawColumn | undefined {
  if (expr.kind !== 'Subscript') return undefined;
  const { interpreter } = reading;
  if (
    !/(?:^|\.)(?:Annotated|Literal)$/.test(
      interpreter.nameOf(interpreter.evaluate(expr.value, interpreter.scope)) ?? '',
    )
  )
    return undefined;
  const annotation = readAnnotation(expr, interpreter.scope, reading);
  const calls = annotation.extras.map((extra) => columnCall(interpreter.evaluate(extra, interpreter.scope)));
  return readColumn(
    calls.find((call) => call !== undefined),
    {
      reading,
      span: spanOf(expr),
      attribute: { name, span: spanOf(expr) },
      annotation: { ...annotation, wrapper: 'Mapped' },
      nullableByDefault: false,
    },
  );
}
