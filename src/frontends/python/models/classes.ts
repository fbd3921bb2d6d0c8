import type { Span, Text } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, spanOf } from '../source.js';
import type { Expr, Stmt, StmtOf } from '../syntax/nodes.js';
import type { Scope } from '../values/scope.js';
import { isNone, itemsOf, keyword, textAt, textOf, truth, type CallValue, type Value } from '../values/value.js';
import { readAnnotation, type Annotation } from './annotation.js';
import { columnCall, readColumn } from './column.js';
import { clientSide } from './defaults.js';
import { membersOf } from './enums.js';
import { readConvention, readTypeMap } from './metadata.js';
import type { RawClass, RawMember } from './raw.js';
import { relationshipCall, readRelationship } from './relationship.js';
import { fieldCall, readField } from './sqlmodel.js';
import { noArgs, readTableArgs, tableArgsLists } from './table-args.js';
import { classMark, isMarked, tableMark } from './marks.js';
import { assignedName, computedName } from './table-name.js';
import { isTypeName } from './types.js';

/** Attributes that look like columns and are none. */
const derived =
  /\.(?:column_property|synonym|association_proxy|hybrid_property|query_expression|composite|aliased|validates|object_session)$/;
const isDeclared = (name: string | undefined) =>
  name !== undefined && /(?:^|\.)declared_attr(?:\.|$)|(?:^|\.)declared_attr\.directive$/.test(name);

const docOf = (body: readonly Stmt[]): Text | undefined => {
  const [first] = body;
  if (first?.kind !== 'ExprStmt' || first.value.kind !== 'Str') return undefined;
  return { value: first.value.value.trim(), span: spanOf(first.value) };
};

/** Classes of a block, those under `if` and `try` included. */
export function* classesIn(body: readonly Stmt[]): Generator<StmtOf<'ClassDef'>> {
  for (const stmt of body) {
    if (stmt.kind === 'ClassDef') yield stmt;
    else if (stmt.kind === 'If') yield* classesIn([...stmt.body, ...stmt.orelse]);
    else if (stmt.kind === 'Try')
      yield* classesIn([...stmt.body, ...stmt.handlers.flatMap(({ body: inner }) => inner)]);
  }
}

interface ClassReading {
  raw: RawClass;
  scope: Scope;
  reading: Reading;
  self: Value;
}

/** Reads one class statement. A class that declares nothing counts too: it is known to give nothing to others. */
export function readClass(node: StmtOf<'ClassDef'>, parent: Scope, reading: Reading): RawClass {
  const { interpreter, source } = reading;
  const scope = interpreter.classScope(node, parent);
  const bases = node.bases.map((base) => {
    const expr = base.kind === 'Subscript' ? base.value : base;
    const value = interpreter.evaluate(expr, parent);
    // A base that a call makes is known by the name of the variable.
    if (value.kind === 'call' && makesBase.test(value.func) && expr.kind === 'Name')
      return `${interpreter.module}.${expr.id}`;
    return interpreter.nameOf(value) ?? (value.kind === 'call' ? `${value.func}()` : '');
  });
  const decorated = (names: RegExp) =>
    node.decorators.some((decorator) => {
      const value = interpreter.evaluate(decorator.kind === 'Call' ? decorator.func : decorator, parent);
      return value.kind === 'ref' && names.test(value.name);
    });
  if (decorated(/\.(?:mapped|mapped_as_dataclass)$/)) bases.push('sqlalchemy.registry.mapped');
  if (decorated(/\.as_declarative(?:_base)?$/)) bases.push('sqlalchemy.DeclarativeBase');
  const doc = docOf(node.body);
  const nameSpan = { start: node.nameStart, end: node.nameStart + node.name.length };
  const raw: RawClass = {
    name: node.name,
    nameSpan,
    span: spanOf(node),
    bases,
    abstract: false,
    members: [],
    removed: [],
    args: noArgs(),
    computed: [],
    others: [],
    ...(doc && doc.value !== '' && { doc }),
    anchor: anchorAt(source, node, {}, bodyPoints(node)),
  };
  for (const { name, value } of node.keywords) {
    if (name === 'table' && truth(interpreter.evaluate(value, parent)) === true) raw.sqlmodelTable = true;
  }
  if (interpreter.isEnum(node, parent)) raw.enumMembers = membersOf(node);
  if (scope.bindings.has('impl') || scope.bindings.has('load_dialect_impl') || bases.some(isTypeName))
    raw.isType = true;
  const context: ClassReading = { raw, scope, reading, self: { kind: 'class', node, scope: parent } };
  node.body.forEach((stmt, at) => readStatement(stmt, node.body[at + 1], context));
  if (isMarked(raw.members) || isMarked(raw.args)) raw.marked = true;
  return raw;
}

/** Where a new attribute goes: behind `__tablename__`, the docstring, or the header. */
function bodyPoints(node: StmtOf<'ClassDef'>): { [role: string]: number } {
  const named = node.body.find((stmt) => attributeOf(stmt)?.name === '__tablename__');
  const [first] = node.body;
  const documented = first?.kind === 'ExprStmt' && first.value.kind === 'Str' ? first : undefined;
  const after = named ?? documented;
  const next = after === undefined ? first : undefined;
  return {
    ...(after && { afterStatement: after.end }),
    ...(after && { statementStart: after.start }),
    ...(next && { beforeStatement: next.start }),
  };
}

/** The single name that a statement assigns or annotates. */
function attributeOf(stmt: Stmt): { name: string; span: Span } | undefined {
  const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
  return target?.kind === 'Name' ? { name: target.id, span: spanOf(target) } : undefined;
}

function readStatement(stmt: Stmt, next: Stmt | undefined, context: ClassReading): void {
  if (stmt.kind === 'FunctionDef') {
    readMethod(stmt, context);
    return;
  }
  if (stmt.kind === 'If') {
    // Under `if TYPE_CHECKING` nothing exists at run time; any other condition leaves its attributes uncertain.
    if (stmt.test.kind !== 'Name' || stmt.test.id !== 'TYPE_CHECKING') context.raw.computed.push('if');
    return;
  }
  const attribute = attributeOf(stmt);
  if (attribute === undefined || (stmt.kind !== 'Assign' && stmt.kind !== 'AnnAssign')) return;
  const { reading, scope, raw } = context;
  if (attribute.name === 'registry' && stmt.value) {
    // Its value is named like the attribute, and so stands outside of the class.
    readRegistry(reading.interpreter.evaluate(stmt.value, reading.interpreter.scope), raw, reading);
    return;
  }
  const value = stmt.value && reading.interpreter.evaluate(stmt.value, scope);
  if (attribute.name.startsWith('__') && attribute.name.endsWith('__')) {
    if (stmt.value && value) readSpecial(attribute.name, value, stmt.value, context);
    return;
  }
  const annotation = stmt.kind === 'AnnAssign' ? readAnnotation(stmt.annotation, scope, reading) : undefined;
  if (annotation?.isClassVar === true) return;
  const member = readMember(
    {
      attribute,
      span: stmt,
      value,
      node: stmt.value,
      annotation,
      annotationEnd: stmt.kind === 'AnnAssign' ? stmt.annotation.end : undefined,
    },
    context,
  );
  if (member !== undefined) {
    const doc = next === undefined ? undefined : docOf([next]);
    if (doc !== undefined && doc.value !== '') {
      if (member.kind === 'column') member.column.doc ??= doc;
      else member.relationship.doc ??= doc;
    }
    context.raw.members.push(member);
    return;
  }
  context.raw.others.push(attribute.name);
  if (value !== undefined && isNone(value) && annotation === undefined) context.raw.removed.push(attribute.name);
  else if (value !== undefined && annotation === undefined) readOther(attribute.name, value, stmt.value!, context);
}

interface Attribute {
  attribute: { name: string; span: Span };
  span: Span;
  value: Value | undefined;
  /** The expression that the value is of. */
  node: Expr | undefined;
  annotation: Annotation | undefined;
  annotationEnd: number | undefined;
}

function readMember(
  { attribute, span, value, node, annotation, annotationEnd }: Attribute,
  context: ClassReading,
): RawMember | undefined {
  const { reading } = context;
  const base = {
    reading,
    span: spanOf(span),
    attribute,
    ...(annotation && { annotation }),
    ...(annotationEnd !== undefined && { annotationEnd }),
    nullableByDefault: annotation?.wrapper === undefined,
  };
  const found = value;
  if (found?.kind === 'call' && /\.(?:deferred|column_property)$/.test(found.func) && columnCall(found.args[0]?.value))
    // What it is mapped as does not look at the annotation.
    return readColumn(columnCall(found.args[0]?.value), {
      reading,
      span: spanOf(span),
      attribute,
      nullableByDefault: true,
    });
  const [column, relationship, field] = [columnCall(found), relationshipCall(found), fieldCall(found)];
  // A bare `Column(…)` does not look at the annotation.
  if (column !== undefined)
    return readColumn(column, column.func === 'sqlalchemy.Column' ? { ...base, nullableByDefault: true } : base);
  if (relationship !== undefined) return readRelationship(relationship, attribute, span, annotation, reading);
  if (field !== undefined) return readField(field, base, false);
  if (annotation === undefined) return undefined;
  if (found?.kind === 'call' && derived.test(found.func)) return undefined;
  if (annotation.wrapper === 'Mapped') {
    if (found === undefined) return readColumn(undefined, base);
    const raw = readColumn(undefined, base);
    raw?.column.uncertain.push({ about: 'everything', reason: `the column is made by a call that is not followed` });
    return found.kind === 'call' || found.kind === 'unknown' ? raw : undefined;
  }
  // Pydantic keeps names with an underscore in front to itself.
  if (annotation.wrapper !== undefined || attribute.name === 'model_config' || attribute.name.startsWith('_'))
    return undefined;
  const plain = readField(undefined, base, found !== undefined && isNone(found));
  if (plain === undefined) return undefined;
  if (found !== undefined && node !== undefined && !isNone(found))
    plain.column.default = clientSide({ value: found, node }, reading);
  return { ...plain, plain: true };
}

/** `registry = registry(metadata=…, type_annotation_map=…)` of a declarative base. */
function readRegistry(value: Value, raw: RawClass, reading: Reading): void {
  if (value.kind !== 'call' || !/(?:^|\.)registry$/.test(value.func)) return;
  const metadata = keyword(value, 'metadata');
  const types = keyword(value, 'type_annotation_map');
  if (metadata !== undefined) Object.assign(raw, readConvention(metadata.value));
  if (types !== undefined) raw.typeMap = readTypeMap(types, reading);
}

/** Attributes with a meaning of their own. */
function readOther(name: string, value: Value, node: Expr, context: ClassReading): void {
  const { raw, reading } = context;
  if (name === 'metadata') Object.assign(raw, readConvention(value));
  if (name === 'type_annotation_map') raw.typeMap = readTypeMap({ value, node }, reading);
}

function readSpecial(name: string, value: Value, node: Expr, context: ClassReading): void {
  const { raw, reading } = context;
  if (name === '__abstract__') raw.abstract = truth(value) === true;
  if (name === '__tablename__') {
    const table = assignedName(value, node);
    if (table !== undefined) raw.table = table;
  }
  if (name === '__table__') raw.mappedTable = true;
  if (name === '__bind_key__') raw.bound = true;
  if (name === '__table_args__') {
    readTableArgs({ value, node }, raw.args, reading);
    Object.assign(raw.anchor.lists, tableArgsLists(node, reading.source));
    raw.anchor.points['tableArgs'] = node.start;
    raw.anchor.points['tableArgsEnd'] = node.end;
  }
}

/** A method under `declared_attr` gives a column, a relationship, a name or arguments to every subclass. */
function readMethod(node: StmtOf<'FunctionDef'>, context: ClassReading): void {
  const { raw, scope, reading, self } = context;
  const { interpreter } = reading;
  const decorators = node.decorators.map((decorator) => interpreter.nameOf(interpreter.evaluate(decorator, scope)));
  if (!decorators.some(isDeclared) && !(node.name === '__tablename__' && decorators.length > 0)) return;
  const first = node.params[0]?.name ?? 'cls';
  const run = (cls: Value): Value | undefined => {
    const outcome = interpreter.runFunction(node, { [first]: cls }, { inTransaction: 'unknown', repeated: true });
    return typeof outcome === 'object' ? outcome.value : undefined;
  };
  const at = { start: node.nameStart, end: node.nameStart + node.name.length };
  if (node.name === '__tablename__') {
    raw.table = computedName(node, reading.source, (name) => textOf(run(renamed(self, name))), at);
    return;
  }
  const value = run(marked(self, at, interpreter));
  if (node.name === '__table_args__') {
    const returned = node.body.findLast((stmt) => stmt.kind === 'Return');
    if (value === undefined || returned?.value === undefined) raw.args.unknown = 'part of __table_args__ is computed';
    else readTableArgs({ value, node: returned.value }, raw.args, reading);
    return;
  }
  if (node.name.startsWith('__')) return;
  const annotation = node.returns && readAnnotation(node.returns, scope, reading);
  const span = { start: node.start, end: node.end };
  const member = readMember(
    { attribute: { name: node.name, span: at }, span, value, node: undefined, annotation, annotationEnd: undefined },
    context,
  );
  if (member === undefined) raw.others.push(node.name);
  if (member !== undefined) raw.members.push(member);
  else if (value?.kind !== 'call' || !derived.test(value.func)) raw.computed.push(node.name);
}

/** A class whose own name and table name are marks, to be filled in for each class that inherits the method. */
function marked(self: Value, at: Span, interpreter: Reading['interpreter']): Value {
  const copy = renamed(self, classMark);
  if (copy.kind !== 'class') return copy;
  const scope = interpreter.classScope(copy.node, copy.scope);
  if (scope.bindings.get('__tablename__')?.[0]?.kind !== 'value') {
    scope.bindings.set('__tablename__', [{ kind: 'other' }]);
    scope.values.set('__tablename__', textAt(tableMark, at));
  }
  return copy;
}

const renamed = (self: Value, name: string): Value =>
  self.kind === 'class' ? { ...self, node: { ...self.node, name } } : self;

const makesBase = /^sqlalchemy\.(?:declarative_base|automap_base)$|\.(?:generate_base|as_declarative_base)$/;

/** `Base = declarative_base()` and its relatives: a base without a class statement. */
export function baseFrom(name: string, value: CallValue, at: Span, reading: Reading): RawClass | undefined {
  if (!makesBase.test(value.func)) return undefined;
  const option = (name: string) => keyword(value, name) ?? (value.of && keyword(value.of, name));
  const metadata = option('metadata');
  const types = option('type_annotation_map');
  const given = keyword(value, 'cls')?.value;
  const bases = (given && itemsOf(given)) ?? (given === undefined ? [] : [given]);
  return {
    name,
    nameSpan: spanOf(at),
    span: spanOf(at),
    bases: bases.map((base) => reading.interpreter.nameOf(base) ?? ''),
    abstract: true,
    members: [],
    removed: [],
    args: noArgs(),
    // Columns come from the database.
    computed: value.func === 'sqlalchemy.automap_base' ? ['automap_base'] : [],
    others: [],
    anchor: anchorAt(reading.source, at),
    base: 'sqlalchemy',
    ...(metadata && readConvention(metadata.value)),
    ...(types && { typeMap: readTypeMap(types, reading) }),
  };
}
