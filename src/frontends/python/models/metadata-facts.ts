import type { ConventionEntry, Metadata, NamingConvention, Uncertainty } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, bracketList, callList, contentSpan, spanOf } from '../source.js';
import type { Expr, Of, Stmt, StmtOf } from '../syntax/nodes.js';
import type { Scope } from '../values/scope.js';
import { keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { collectionName } from './collection-name.js';
import { classesIn } from './classes.js';
import { conventionKey, templatesOf } from './metadata.js';
import type { RawCollection } from './raw.js';

/** A place that makes or names metadata, for the file's facts and for the link step. */
export interface FoundMetadata {
  fact: Metadata;
  raw: RawCollection;
}

/** What one place says: the collection that it takes, or the convention of its own. */
type Content = Pick<Metadata, 'uncertain'> & {
  of?: string;
  convention?: NamingConvention;
  names?: { [kind: string]: string };
  call?: Of<'Call'>;
};

const makers: readonly [RegExp, Metadata['made']][] = [
  [/^sqlalchemy\.MetaData$/, 'metadata'],
  [/^sqlalchemy\.declarative_base$|\.(?:generate_base|as_declarative_base)$/, 'base'],
  [/^sqlalchemy\.registry$/, 'registry'],
  [/(?:^|\.)SQLAlchemy$/, 'flask-sqlalchemy'],
];

/** The places of a module that make what tables are declared on. */
export function* readMetadata(reading: Reading): Generator<FoundMetadata> {
  const { interpreter, module } = reading;
  const { scope } = interpreter;
  for (const [name, [binding, ...others]] of scope.bindings) {
    if (binding?.kind !== 'value' || others.length > 0) continue;
    const value = interpreter.name(name, scope);
    const made =
      value.kind === 'call' && value.node === binding.expr ? makerOf(value, module.body, reading) : undefined;
    if (made === undefined || value.kind !== 'call') continue;
    const at = nameOf(binding.stmt) ?? binding.stmt;
    yield found(name, made, contentOf(value, made, scope, reading), at, value.node, reading);
  }
  for (const node of classesIn(module.body)) {
    const content = ofClass(node, reading);
    if (content === undefined) continue;
    const at = { start: node.nameStart, end: node.nameStart + node.name.length };
    yield found(node.name, 'base', content, at, content.call, reading, bodyStart(node));
  }
  for (const { target, value } of assignments(module.body)) {
    const of = collectionName(target.value, scope, reading);
    const convention = conventionAt(value, scope, reading);
    const uncertain: Uncertainty[] =
      of === undefined ? [{ about: 'everything', reason: 'what the convention is set on is not known' }] : [];
    const content = { ...(of !== undefined && { of }), ...convention, uncertain };
    yield found(undefined, 'assignment', content, target, undefined, reading);
  }
  if (/(?:^|\/)env\.py$/.test(reading.path)) yield* targets(scope, reading);
}

/** What an env.py sets `target_metadata` to. */
function* targets(scope: Scope, reading: Reading): Generator<FoundMetadata> {
  for (const binding of scope.bindings.get('target_metadata') ?? []) {
    if (binding.kind !== 'value') continue;
    const { expr } = binding;
    const items = expr.kind === 'List' || expr.kind === 'Tuple' ? expr.items : expr.kind === 'None' ? [] : [expr];
    for (const item of items) {
      const of = collectionName(item, scope, reading);
      const content = of === undefined ? { uncertain: unclear } : { of, uncertain: [] };
      yield found(undefined, 'target', content, item, undefined, reading);
    }
  }
}

function found(
  name: string | undefined,
  made: Metadata['made'],
  content: Content,
  at: { start: number; end: number },
  call: Of<'Call'> | undefined,
  reading: Reading,
  points: { [role: string]: number } = {},
): FoundMetadata {
  const { of, convention, names, uncertain } = content;
  const lists = {
    ...(call && { call: callList(call) }),
    ...(content.call && content.call !== call && { metadata: callList(content.call) }),
  };
  return {
    fact: {
      id: name === undefined ? (of ?? '') : `${reading.interpreter.module}.${name}`,
      made,
      ...(of !== undefined && { of }),
      ...(convention && { convention }),
      span: spanOf(at),
      anchor: anchorAt(reading.source, at, lists, points),
      uncertain,
    },
    raw: {
      ...(name !== undefined && { name }),
      made,
      ...(of !== undefined && { of }),
      ...(names && { convention: names }),
    },
  };
}

function makerOf(value: CallValue, body: readonly Stmt[], reading: Reading): Metadata['made'] | undefined {
  const made = makers.find(([pattern]) => pattern.test(value.func))?.[1];
  if (made !== undefined) return made;
  // An extension of Flask-SQLAlchemy that the same file writes.
  for (const node of classesIn(body)) {
    if (value.func !== `${reading.interpreter.module}.${node.name}`) continue;
    const { interpreter } = reading;
    const bases = node.bases.map((base) => interpreter.nameOf(interpreter.evaluate(base, interpreter.scope)));
    if (bases.some((base) => base !== undefined && /(?:^|\.)SQLAlchemy$/.test(base))) return 'flask-sqlalchemy';
  }
  return undefined;
}

/** What the arguments of a call say. */
function contentOf(value: CallValue, made: Metadata['made'], scope: Scope, reading: Reading): Content {
  if (made === 'metadata') return ownContent(value, scope, reading);
  const open: Uncertainty[] = value.open ? [{ about: 'everything', reason: 'an argument is not known' }] : [];
  // `registry.generate_base()` declares on what its registry has.
  const owner = made === 'base' && value.node.func.kind === 'Attribute' && /\.generate_base$/.test(value.func);
  if (owner && value.node.func.kind === 'Attribute') {
    const of = collectionName(value.node.func.value, scope, reading);
    return { ...(of !== undefined && { of }), uncertain: of === undefined ? unclear : [] };
  }
  const given = keyword(value, 'metadata') ?? (made === 'flask-sqlalchemy' ? keyword(value, 'model_class') : undefined);
  if (given === undefined) return { uncertain: open };
  return givenContent(given.node, scope, reading);
}

const unclear: Uncertainty[] = [{ about: 'everything', reason: 'what the tables are declared on is not known' }];

/** What stands behind `metadata=`: a `MetaData(…)` of its own, or another one by name. */
function givenContent(node: Expr, scope: Scope, reading: Reading): Content {
  if (node.kind === 'Call') {
    const value = reading.interpreter.evaluate(node, scope);
    if (value.kind === 'call' && value.func === 'sqlalchemy.MetaData') {
      return { ...ownContent(value, scope, reading), call: node };
    }
    // A base that is made on the spot: its metadata is its own.
    if (value.kind === 'call' && value.func === 'sqlalchemy.declarative_base') return { uncertain: [] };
    return { uncertain: unclear };
  }
  const of = collectionName(node, scope, reading);
  return of === undefined ? { uncertain: unclear } : { of, uncertain: [] };
}

/** The arguments of `MetaData(…)`. */
function ownContent(value: CallValue, scope: Scope, reading: Reading): Content {
  const given = keyword(value, 'naming_convention');
  const uncertain: Uncertainty[] = value.open ? [{ about: 'everything', reason: 'an argument is not known' }] : [];
  if (given === undefined) return { uncertain };
  return { ...conventionAt(given.node, scope, reading), uncertain };
}

/** A convention that is written as a dict, at the place itself or under a name of the same file. */
function conventionAt(
  expr: Expr,
  scope: Scope,
  reading: Reading,
): { convention: NamingConvention; names?: { [kind: string]: string } } {
  const { interpreter, source } = reading;
  const value = interpreter.evaluate(expr, scope);
  const dict = dictOf(expr, scope);
  if (value.kind !== 'dict' || dict === undefined) {
    const uncertain: Uncertainty[] = [
      { about: 'everything', reason: 'the naming convention is not written in this file' },
    ];
    return { convention: { entries: [], span: spanOf(expr), uncertain } };
  }
  const list = bracketList(dict, source);
  return {
    convention: {
      entries: entriesOf(value, dict),
      span: spanOf(dict),
      anchor: anchorAt(source, dict, list ? { entries: list } : {}),
      uncertain: [],
    },
    names: templatesOf(value),
  };
}

function entriesOf(value: Extract<Value, { kind: 'dict' }>, dict: Of<'Dict'>): ConventionEntry[] {
  return value.entries.flatMap(([key, entry], at): ConventionEntry[] => {
    const name = conventionKey(key);
    if (name === undefined) return [];
    const node = value.entries.length === dict.entries.length ? dict.entries[at] : undefined;
    const text = textOf(entry);
    const span = node?.key ? { start: node.key.start, end: node.value.end } : spanOf(dict);
    return [
      {
        key: name,
        ...(text !== undefined && { template: { value: text, span: node ? contentSpan(node.value) : span } }),
        // A name that another module binds may be a function or text; only text is written as a template.
        ...((entry.kind === 'function' || entry.kind === 'ref') && { callable: true as const }),
        span,
      },
    ];
  });
}

/** The dict that an expression writes, or that the only binding of a name writes. */
function dictOf(expr: Expr, scope: Scope): Of<'Dict'> | undefined {
  let at = expr;
  for (let hops = 0; at.kind === 'Name' && hops < 4; hops += 1) {
    let holder: Scope | undefined = scope;
    while (holder !== undefined && !holder.bindings.has(at.id)) holder = holder.parent;
    const [binding, ...others] = holder?.bindings.get(at.id) ?? [];
    if (binding?.kind !== 'value' || others.length > 0) return undefined;
    at = binding.expr;
  }
  return at.kind === 'Dict' ? at : undefined;
}

/** A declarative base, or a class that sets `metadata` for those below it. */
function ofClass(node: StmtOf<'ClassDef'>, reading: Reading): Content | undefined {
  const { interpreter } = reading;
  for (const stmt of node.body) {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
    const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' ? stmt.value : undefined;
    if (target?.kind !== 'Name' || value === undefined || !/^(?:metadata|registry)$/.test(target.id)) continue;
    // The value may be named like the attribute, and so stands outside of the class.
    const { scope } = interpreter;
    if (target.id === 'metadata') return givenContent(value, scope, reading);
    const made = interpreter.evaluate(value, scope);
    if (made.kind === 'call' && made.node === value && /(?:^|\.)registry$/.test(made.func)) {
      const given = keyword(made, 'metadata');
      return given ? givenContent(given.node, scope, reading) : { uncertain: [], call: made.node };
    }
    return givenContent(value, scope, reading);
  }
  const bases = node.bases.map((base) => interpreter.nameOf(interpreter.evaluate(base, interpreter.scope)) ?? '');
  const isBase = bases.some((base) => /^sqlalchemy\.DeclarativeBase(?:NoMeta)?$/.test(base));
  return isBase ? { uncertain: [] } : undefined;
}

/** Where the first statement of a class stands that is no docstring, so that an attribute can go before it. */
function bodyStart(node: StmtOf<'ClassDef'>): { [role: string]: number } {
  const [first, second] = node.body;
  const documented = first?.kind === 'ExprStmt' && first.value.kind === 'Str';
  const next = documented ? second : first;
  return {
    ...(next && { bodyStart: next.start }),
    ...(documented && !next && { bodyEnd: first.end }),
    ...(next?.kind === 'Pass' && { placeholder: next.end }),
  };
}

const nameOf = (stmt: Stmt) => {
  const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined;
  return target && spanOf(target);
};

/** `….naming_convention = …` of a module's own statements, those under `if` and `try` included. */
function* assignments(body: readonly Stmt[]): Generator<{ target: Of<'Attribute'>; value: Expr }> {
  const open: Stmt[] = [...body].reverse();
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    if (stmt.kind === 'If') open.push(...[...stmt.body, ...stmt.orelse].reverse());
    else if (stmt.kind === 'Try') open.push(...stmt.body.toReversed());
    else if (stmt.kind === 'Assign') {
      for (const target of stmt.targets) {
        if (target.kind === 'Attribute' && target.attr === 'naming_convention') yield { target, value: stmt.value };
      }
    }
  }
}
