import type { Span } from '../../../ir/index.js';
import type { Clause, Expr, Module, Of, Param, Stmt, StmtOf } from '../syntax/nodes.js';

/** How a local name gets a value. */
export interface Local extends Span {
  how: 'assign' | 'augment' | 'item' | 'with' | 'element' | 'other';
  value?: Expr;
  /** Position inside a tuple that is taken apart. */
  part?: number;
  path: readonly Block[];
}

/** A list of statements that runs as a whole. */
interface Block {
  loop: boolean;
}

/** What a condition proves about an expression inside a stretch of code. */
interface Proof {
  subject: string;
  /** `quotes`: no single quote is in it; `double-quotes`: no double one. */
  by: 'list' | 'equality' | 'number' | 'pattern' | 'assertion' | 'quotes' | 'double-quotes';
  allowed?: Expr;
  range: Span;
}

/** A function, or the module: its names, what it returns, what its conditions prove. */
export interface Frame {
  node?: StmtOf<'FunctionDef'> | Of<'Lambda'>;
  className?: string;
  parent?: Frame;
  params: readonly Param[];
  locals: Map<string, Local[]>;
  returns: { value: Expr; at: At }[];
  proofs: Proof[];
}

/** A place in the code: which names it sees, and in what order things happened. */
export interface At {
  frame: Frame;
  path: readonly Block[];
  offset: number;
  /** Around a comprehension or a lambda: the place that it stands at. */
  outer?: At;
}

export interface CallSite {
  call: Of<'Call'>;
  at: At;
  /** The call that this one is an argument or the receiver of. */
  outer?: Of<'Call'>;
}

/** Everything of a file that following text through it needs. */
export interface Program {
  source: string;
  module: Frame;
  /** Functions by name; methods by `Class.name` too. */
  functions: Map<string, Frame>;
  calls: CallSite[];
}

const newFrame = (parent?: Frame): Frame => ({
  params: [],
  locals: new Map(),
  returns: [],
  proofs: [],
  ...(parent && { parent }),
});

/** Collects the frames and calls of a file. */
export function programOf(module: Module, source: string): Program {
  const frame = newFrame();
  const program: Program = { source, module: frame, functions: new Map(), calls: [] };
  const walker = new Walker(program);
  walker.block(module.body, frame, [{ loop: false }]);
  return program;
}

class Walker {
  constructor(readonly program: Program) {}

  block(body: readonly Stmt[], frame: Frame, path: readonly Block[], className?: string): void {
    const end = body.at(-1)?.end ?? 0;
    for (const stmt of body) {
      this.#prove(stmt, frame, { start: stmt.end, end: Math.max(end, stmt.end) });
      this.#statement(stmt, frame, path, className);
    }
  }

  #inner(body: readonly Stmt[], frame: Frame, path: readonly Block[], loop = false): void {
    this.block(body, frame, [...path, { loop }]);
  }

  #statement(stmt: Stmt, frame: Frame, path: readonly Block[], className?: string): void {
    const at: At = { frame, path, offset: stmt.start };
    const visit = (expr: Expr | undefined) => {
      if (expr !== undefined) this.#expr(expr, at);
    };
    switch (stmt.kind) {
      case 'FunctionDef': {
        const inner = newFrame(frame);
        inner.node = stmt;
        inner.params = stmt.params;
        if (className !== undefined) inner.className = className;
        this.program.functions.set(className === undefined ? stmt.name : `${className}.${stmt.name}`, inner);
        for (const decorator of stmt.decorators) visit(decorator);
        for (const param of stmt.params) visit(param.default);
        this.block(stmt.body, inner, [{ loop: false }]);
        break;
      }
      case 'ClassDef': {
        const inner = newFrame(frame);
        inner.className = stmt.name;
        for (const base of stmt.bases) visit(base);
        this.block(stmt.body, inner, [{ loop: false }], stmt.name);
        for (const [name, locals] of inner.locals) frame.locals.set(`${stmt.name}.${name}`, locals);
        break;
      }
      case 'Assign':
        visit(stmt.value);
        for (const target of stmt.targets)
          bind(target, { how: 'assign', value: stmt.value, start: stmt.start, end: stmt.end, path }, frame);
        break;
      case 'AnnAssign':
        visit(stmt.value);
        if (stmt.value)
          bind(stmt.target, { how: 'assign', value: stmt.value, start: stmt.start, end: stmt.end, path }, frame);
        break;
      case 'AugAssign':
        visit(stmt.value);
        bind(
          stmt.target,
          { how: stmt.op === '+' ? 'augment' : 'other', value: stmt.value, start: stmt.start, end: stmt.end, path },
          frame,
        );
        break;
      case 'ExprStmt':
        visit(stmt.value);
        grow(stmt.value, path, frame);
        break;
      case 'Return':
        visit(stmt.value);
        if (stmt.value) frame.returns.push({ value: stmt.value, at });
        break;
      case 'Raise':
        visit(stmt.value);
        break;
      case 'Assert':
        visit(stmt.test);
        break;
      case 'If':
      case 'While':
        visit(stmt.test);
        this.#inner(stmt.body, frame, path, stmt.kind === 'While');
        this.#inner(stmt.orelse, frame, path);
        break;
      case 'For':
        visit(stmt.iter);
        bind(
          stmt.target,
          {
            how: 'item',
            value: stmt.iter,
            start: stmt.target.start,
            end: stmt.iter.end,
            path: [...path, { loop: true }],
          },
          frame,
        );
        this.#inner(stmt.body, frame, path, true);
        this.#inner(stmt.orelse, frame, path);
        break;
      case 'With':
        for (const { context, target } of stmt.items) {
          visit(context);
          if (target) bind(target, { how: 'with', value: context, start: context.start, end: target.end, path }, frame);
        }
        this.block(stmt.body, frame, path);
        break;
      case 'Try':
        this.#inner(stmt.body, frame, path);
        for (const { name, body } of stmt.handlers) {
          if (name !== undefined) add(frame, name, { how: 'other', start: stmt.start, end: stmt.start, path });
          this.#inner(body, frame, path);
        }
        this.#inner(stmt.orelse, frame, path);
        this.#inner(stmt.final, frame, path);
        break;
      case 'Match':
        visit(stmt.subject);
        for (const { body } of stmt.cases) this.#inner(body, frame, path);
        break;
    }
  }

  /** Records the calls inside an expression, outer before inner. */
  #expr(expr: Expr, at: At, outer?: Of<'Call'>): void {
    switch (expr.kind) {
      case 'Call':
        this.program.calls.push({ call: expr, at, ...(outer && { outer }) });
        this.#expr(expr.func, at, expr);
        for (const each of expr.args) this.#expr(each, at, expr);
        for (const { value } of expr.keywords) this.#expr(value, at, expr);
        break;
      case 'Attribute':
      case 'Starred':
      case 'Await':
        this.#expr(expr.value, at, outer);
        break;
      case 'Subscript':
        this.#expr(expr.value, at);
        for (const slice of expr.slices) this.#expr(slice, at);
        break;
      case 'FString':
        for (const part of expr.parts) if ('hole' in part) this.#expr(part.hole, at);
        break;
      case 'Tuple':
      case 'List':
      case 'Set':
        for (const item of expr.items) this.#expr(item, at);
        break;
      case 'Dict':
        for (const { key, value } of expr.entries) {
          if (key) this.#expr(key, at);
          this.#expr(value, at);
        }
        break;
      case 'BinOp':
      case 'BoolOp':
        this.#expr(expr.left, at);
        this.#expr(expr.right, at);
        break;
      case 'UnaryOp':
        this.#expr(expr.operand, at);
        break;
      case 'Compare':
        this.#expr(expr.left, at);
        for (const each of expr.comparators) this.#expr(each, at);
        break;
      case 'IfExp':
        this.#expr(expr.test, at);
        this.#expr(expr.body, at);
        this.#expr(expr.orelse, at);
        break;
      case 'NamedExpr':
        this.#expr(expr.value, at);
        add(at.frame, expr.name, { how: 'assign', value: expr.value, start: expr.start, end: expr.end, path: at.path });
        break;
      case 'Lambda': {
        const inner: Frame = { ...newFrame(at.frame), node: expr, params: expr.params };
        this.#expr(expr.body, { frame: inner, path: at.path, offset: expr.start, outer: at });
        break;
      }
      case 'Comp': {
        const inside = comprehensionAt(expr.clauses, at);
        for (const clause of expr.clauses) this.#expr('test' in clause ? clause.test : clause.iter, inside);
        this.#expr(expr.element, inside);
        break;
      }
      case 'Opaque':
        for (const child of expr.children) if (isExpr(child)) this.#expr(child, at);
        break;
    }
  }

  /** What a statement proves for the code behind it, or inside it. */
  #prove(stmt: Stmt, frame: Frame, rest: Span): void {
    if (stmt.kind === 'Assert') {
      for (const proof of proofsOf(stmt.test, true, this.program.source)) {
        frame.proofs.push({ ...proof, by: proof.by === 'list' ? 'assertion' : proof.by, range: rest });
      }
    }
    if (stmt.kind !== 'If') return;
    const leaves = stmt.body.at(-1);
    const stops = leaves !== undefined && /^(?:Raise|Return|Continue|Break)$/.test(leaves.kind);
    const inside = { start: stmt.body[0]?.start ?? stmt.end, end: leaves?.end ?? stmt.end };
    for (const proof of proofsOf(stmt.test, true, this.program.source)) frame.proofs.push({ ...proof, range: inside });
    if (stops)
      for (const proof of proofsOf(stmt.test, false, this.program.source)) frame.proofs.push({ ...proof, range: rest });
  }
}

const statementKinds =
  /^(?:ClassDef|FunctionDef|Assign|AnnAssign|AugAssign|ExprStmt|Return|Raise|If|For|While|Try|With|Import|ImportFrom|Match|Delete|Global|Pass|Break|Continue|Assert|OpaqueStmt)$/;
const isExpr = (node: Expr | Stmt): node is Expr => !statementKinds.test(node.kind);

/** The inside of a comprehension: its targets are names of their own. */
export function comprehensionAt(clauses: readonly Clause[], at: At): At {
  const frame = newFrame(at.frame);
  for (const clause of clauses) {
    if ('test' in clause) continue;
    bind(
      clause.target,
      { how: 'item', value: clause.iter, start: clause.target.start, end: clause.iter.end, path: at.path },
      frame,
    );
  }
  return { frame, path: at.path, offset: Number.MAX_SAFE_INTEGER, outer: at };
}

function add(frame: Frame, name: string, local: Local): void {
  const found = frame.locals.get(name);
  if (found === undefined) frame.locals.set(name, [local]);
  else found.push(local);
}

function bind(target: Expr, local: Local, frame: Frame): void {
  if (target.kind === 'Name') add(frame, target.id, local);
  else if (target.kind === 'Attribute' && target.value.kind === 'Name')
    add(frame, `${target.value.id}.${target.attr}`, local);
  else if (target.kind === 'Tuple' || target.kind === 'List') {
    target.items.forEach((item, part) => {
      if (item.kind === 'Starred') bind(item.value, { ...local, how: 'other' }, frame);
      else bind(item, { ...local, part }, frame);
    });
  } else if (target.kind === 'Subscript' && target.value.kind === 'Name') {
    add(frame, target.value.id, { ...local, how: 'element' });
  }
}

/** `parts.append(x)` and its like put an element into a named container. */
function grow(expr: Expr, path: readonly Block[], frame: Frame): void {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || expr.func.value.kind !== 'Name') return;
  if (!/^(?:append|add|insert|appendleft|extend|update)$/.test(expr.func.attr)) return;
  const value = expr.args.at(-1);
  if (value !== undefined)
    add(frame, expr.func.value.id, { how: 'element', value, start: expr.start, end: expr.end, path });
}

/** Classes whose values carry no SQL. */
const numbers = /^(?:int|float|bool|complex|(?:\w+\.)?(?:Decimal|UUID|Number|Integral|Real))$/;

/** What a condition proves where it holds, or where it fails. */
function proofsOf(test: Expr, holds: boolean, source: string): Omit<Proof, 'range'>[] {
  if (test.kind === 'UnaryOp' && test.op === 'not') return proofsOf(test.operand, !holds, source);
  if (test.kind === 'BoolOp' && (test.op === 'and') === holds) {
    return [...proofsOf(test.left, holds, source), ...proofsOf(test.right, holds, source)];
  }
  const text = (expr: Expr) => source.slice(expr.start, expr.end);
  if (test.kind === 'Compare' && test.ops.length === 1) {
    const [op] = test.ops;
    const [allowed] = test.comparators;
    if (allowed !== undefined && op === (holds ? 'in' : 'not in'))
      return [{ subject: text(test.left), by: 'list', allowed }];
    if (allowed !== undefined && test.left.kind === 'Str' && op === (holds ? 'not in' : 'in')) {
      if (test.left.value === "'") return [{ subject: text(allowed), by: 'quotes' }];
      if (test.left.value === '"') return [{ subject: text(allowed), by: 'double-quotes' }];
    }
    if (allowed?.kind === 'Str' && op === (holds ? '==' : '!='))
      return [{ subject: text(test.left), by: 'equality', allowed }];
  }
  if (test.kind === 'Call' && holds && test.func.kind === 'Name' && test.func.id === 'isinstance') {
    const [subject, type] = test.args;
    const types = type?.kind === 'Tuple' ? type.items : type ? [type] : [];
    const isNumber = types.length > 0 && types.every((each) => numbers.test(text(each)));
    if (subject !== undefined && isNumber) return [{ subject: text(subject), by: 'number' }];
  }
  if (test.kind === 'Call' && holds && test.func.kind === 'Attribute') {
    const { attr, value } = test.func;
    const pattern = attr === 'fullmatch' || attr === 'match' ? test.args[0] : undefined;
    const subject = test.args[1] ?? (value.kind === 'Name' ? test.args[0] : undefined);
    const anchored = attr === 'fullmatch' || (pattern?.kind === 'Str' && /(?:\$|\\Z)$/.test(pattern.value));
    if (pattern !== undefined && subject !== undefined && anchored) return [{ subject: text(subject), by: 'pattern' }];
    if (attr === 'isidentifier' || attr === 'isalnum') return [{ subject: text(value), by: 'pattern' }];
    if (attr === 'isdigit' || attr === 'isnumeric') return [{ subject: text(value), by: 'equality' }];
  }
  return [];
}

/** The definitions of a local name that can reach a place, oldest first. */
export function reaching(name: string, at: At): Local[] {
  const all = at.frame.locals.get(name) ?? [];
  const isBefore = (local: Local) => local.start < at.offset;
  const dominates = (local: Local) => isBefore(local) && local.path.every((block, index) => at.path[index] === block);
  const last = all.findLastIndex((local) => local.how !== 'augment' && local.how !== 'element' && dominates(local));
  const killer = all[last];
  const loopOf = (local: Local) =>
    local.path.some((block, index) => block.loop && at.path[index] === block && killer?.path[index] !== block);
  return all.filter((local, index) => (isBefore(local) ? index >= last : loopOf(local)));
}

/** Whether a definition surely ran before the place, and so is no alternative but a fact. */
export const isCertain = (local: Local, at: At): boolean =>
  local.start < at.offset && local.path.every((block, index) => at.path[index] === block);
