import type { Expr, Module, Of, Stmt, StmtOf } from '../syntax/nodes.js';
import { bindTarget, newNames, type Names } from './names.js';

/** What stands around a place, one step out after the other. */
export type Around = { parent?: Around; names: Names } & (
  | { kind: 'module' }
  | { kind: 'class'; node: StmtOf<'ClassDef'> }
  | { kind: 'function'; node: StmtOf<'FunctionDef'> }
  | { kind: 'lambda' }
  | { kind: 'loop'; node: StmtOf<'For'> | StmtOf<'While'> }
  | { kind: 'with'; node: StmtOf<'With'> }
  | { kind: 'if'; node: StmtOf<'If'>; branch: 'body' | 'orelse' }
  | { kind: 'try'; node: StmtOf<'Try'>; part: 'body' | 'except' | 'else' | 'finally' }
  | { kind: 'case'; node: StmtOf<'Match'> }
);

/** The expressions around one, the nearest first. */
export interface Within {
  node: Expr;
  parent?: Within;
}

/** An expression and where it stands. */
export interface Place<E extends Expr = Expr> {
  node: E;
  within?: Within;
  stmt: Stmt;
  /** The statements behind its own in the same block. */
  next?: Stmt;
  around: Around;
}

/** A statement and what stands around it. */
export interface StatementPlace {
  stmt: Stmt;
  around: Around;
}

/** Everything of a file that the recognisers of usages ask for, in source order. */
export interface Code {
  calls: Place<Of<'Call'>>[];
  comparisons: Place<Of<'Compare'>>[];
  attributes: Place<Of<'Attribute'>>[];
  /** Names that are read. */
  reads: Place<Of<'Name'>>[];
  yields: Place<Of<'Opaque'>>[];
  statements: StatementPlace[];
  names: Names;
}

/** Walks a file once. Statements and expressions are nested no deeper than the parser lets them be. */
export function codeOf(module: Module, source: string): Code {
  const names = newNames();
  const code: Walk = {
    calls: [],
    comparisons: [],
    attributes: [],
    reads: [],
    yields: [],
    statements: [],
    names,
    source,
  };
  walkBlock(module.body, { kind: 'module', names }, code);
  return code;
}

type Walk = Code & { source: string };

function walkBlock(body: readonly Stmt[], around: Around, code: Walk): void {
  body.forEach((stmt, at) => walkStatement(stmt, body[at + 1], around, code));
}

function walkStatement(stmt: Stmt, next: Stmt | undefined, around: Around, code: Walk): void {
  const { names } = around;
  code.statements.push({ stmt, around });
  const visit = (node: Expr | undefined) => {
    if (node !== undefined) walkExpression({ node, stmt, around, ...(next && { next }) }, code);
  };
  const block = (body: readonly Stmt[], inner: Around) => walkBlock(body, inner, code);
  switch (stmt.kind) {
    case 'FunctionDef': {
      for (const each of stmt.decorators) visit(each);
      for (const { default: value } of stmt.params) visit(value);
      names.add(stmt.name, { how: 'function', node: stmt, at: stmt.start });
      const inner = newNames(names, around.kind === 'class' ? around.node : undefined);
      for (const param of stmt.params) inner.add(param.name, { how: 'parameter', param, at: param.start });
      block(stmt.body, { kind: 'function', node: stmt, names: inner, parent: around });
      break;
    }
    case 'ClassDef': {
      for (const each of [...stmt.decorators, ...stmt.bases]) visit(each);
      names.add(stmt.name, { how: 'class', node: stmt, at: stmt.start });
      block(stmt.body, { kind: 'class', node: stmt, names: newNames(names, stmt, 'class'), parent: around });
      break;
    }
    case 'Assign':
      visit(stmt.value);
      for (const target of stmt.targets) {
        if (target.kind !== 'Name') visit(target);
        bindTarget(target, { how: 'value', value: stmt.value, at: stmt.start }, names);
      }
      break;
    case 'AnnAssign':
      visit(stmt.value);
      bindTarget(
        stmt.target,
        { how: 'annotated', annotation: stmt.annotation, ...(stmt.value && { value: stmt.value }), at: stmt.start },
        names,
      );
      break;
    case 'AugAssign':
      visit(stmt.value);
      break;
    case 'ExprStmt':
    case 'Return':
    case 'Raise':
      visit(stmt.value);
      break;
    case 'Assert':
      visit(stmt.test);
      break;
    case 'If':
      visit(stmt.test);
      block(stmt.body, { kind: 'if', node: stmt, branch: 'body', names, parent: around });
      block(stmt.orelse, { kind: 'if', node: stmt, branch: 'orelse', names, parent: around });
      break;
    case 'While':
      visit(stmt.test);
      block(stmt.body, { kind: 'loop', node: stmt, names, parent: around });
      block(stmt.orelse, around);
      break;
    case 'For':
      visit(stmt.iter);
      bindTarget(stmt.target, { how: 'other', at: stmt.start }, names);
      block(stmt.body, { kind: 'loop', node: stmt, names, parent: around });
      block(stmt.orelse, around);
      break;
    case 'With':
      for (const { context, target } of stmt.items) {
        visit(context);
        if (target) bindTarget(target, { how: 'entered', value: context, at: context.start }, names);
      }
      block(stmt.body, { kind: 'with', node: stmt, names, parent: around });
      break;
    case 'Try': {
      const part = (which: 'body' | 'except' | 'else' | 'finally'): Around => ({
        kind: 'try',
        node: stmt,
        part: which,
        names,
        parent: around,
      });
      block(stmt.body, part('body'));
      for (const { body } of stmt.handlers) block(body, part('except'));
      block(stmt.orelse, part('else'));
      block(stmt.final, part('finally'));
      break;
    }
    case 'Match':
      visit(stmt.subject);
      for (const { body } of stmt.cases) block(body, { kind: 'case', node: stmt, names, parent: around });
      break;
    case 'Import':
    case 'ImportFrom':
      names.addImport(stmt);
      break;
  }
}

const statementKinds =
  /^(?:ClassDef|FunctionDef|Assign|AnnAssign|AugAssign|ExprStmt|Return|Raise|If|For|While|Try|With|Import|ImportFrom|Match|Delete|Global|Pass|Break|Continue|Assert|OpaqueStmt)$/;
const isExpr = (node: Expr | Stmt): node is Expr => !statementKinds.test(node.kind);

function walkExpression(place: Place, code: Walk): void {
  const { node } = place;
  if (node.kind === 'Call') code.calls.push(place as Place<Of<'Call'>>);
  else if (node.kind === 'Compare') code.comparisons.push(place as Place<Of<'Compare'>>);
  else if (node.kind === 'Attribute') code.attributes.push(place as Place<Of<'Attribute'>>);
  else if (node.kind === 'Name') code.reads.push(place as Place<Of<'Name'>>);
  else if (node.kind === 'Opaque' && code.source.startsWith('yield', node.start))
    code.yields.push(place as Place<Of<'Opaque'>>);
  else if (node.kind === 'NamedExpr')
    place.around.names.add(node.name, { how: 'value', value: node.value, at: node.start });
  const within: Within = { node, ...(place.within && { parent: place.within }) };
  const around: Around =
    node.kind === 'Lambda' ? { kind: 'lambda', names: place.around.names, parent: place.around } : place.around;
  for (const child of childrenOf(node)) walkExpression({ ...place, node: child, within, around }, code);
}

/** The expressions directly inside one, in source order. */
function childrenOf(node: Expr): Expr[] {
  switch (node.kind) {
    case 'Call':
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)];
    case 'Attribute':
    case 'Starred':
    case 'Await':
    case 'NamedExpr':
      return [node.value];
    case 'Subscript':
      return [node.value, ...node.slices];
    case 'FString':
      return node.parts.flatMap((part) => ('hole' in part ? [part.hole] : []));
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.items;
    case 'Dict':
      return node.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case 'BinOp':
    case 'BoolOp':
      return [node.left, node.right];
    case 'UnaryOp':
      return [node.operand];
    case 'Compare':
      return [node.left, ...node.comparators];
    case 'IfExp':
      return [node.test, node.body, node.orelse];
    case 'Lambda':
      return [node.body];
    case 'Comp':
      return [
        ...(node.key ? [node.key] : []),
        node.element,
        ...node.clauses.map((clause) => ('test' in clause ? clause.test : clause.iter)),
      ];
    case 'Opaque':
      return node.children.filter(isExpr);
    default:
      return [];
  }
}

/** What stands around a place, from the inside out, up to the function that it is in. */
export function* aroundIn(from: Around): Generator<Around> {
  for (let at: Around | undefined = from; at !== undefined; at = at.parent) {
    yield at;
    if (at.kind === 'function' || at.kind === 'class' || at.kind === 'module' || at.kind === 'lambda') return;
  }
}

/** The innermost function around a place. */
export function functionAround(from: Around): StmtOf<'FunctionDef'> | undefined {
  for (let at: Around | undefined = from; at !== undefined; at = at.parent) if (at.kind === 'function') return at.node;
  return undefined;
}

/** The methods called one after another on the result of an expression, and the expression as a whole. */
export function chainOn(place: Place): { methods: { name: string; call: Of<'Call'> }[]; end: Expr } {
  const methods: { name: string; call: Of<'Call'> }[] = [];
  let end = place.node;
  let at = place.within;
  for (;;) {
    const [attribute, call] = [at?.node, at?.parent?.node];
    if (attribute?.kind !== 'Attribute' || attribute.value !== end) break;
    if (call?.kind !== 'Call' || call.func !== attribute) break;
    methods.push({ name: attribute.attr, call });
    end = call;
    at = at?.parent?.parent;
  }
  return { methods, end };
}
