import type { Span } from '../../../ir/index.js';
import { decodeLiteral } from './literals.js';
import type { Clause, Expr, Handler, Interpolation, Keyword, Literal, Node, Param, Stmt } from './nodes.js';

/** What a syntax node has become: an expression, a statement, or a part that only its parent understands. */
export type Built = Node | Part;

type Part = Span &
  (
    | { kind: 'token'; text: string }
    | { kind: 'block'; body: Stmt[]; cases: { names: string[]; body: Stmt[] }[] }
    | { kind: 'arguments'; args: Expr[]; keywords: Keyword[] }
    | { kind: 'keyword'; keyword: Keyword }
    | { kind: 'pair'; key?: Expr; value: Expr }
    | { kind: 'params'; params: Param[] }
    | { kind: 'param'; param: Param }
    | {
        kind: 'literal';
        parts: (Literal | Interpolation)[];
        bytes: boolean;
        formatted: boolean;
        template: boolean;
        prefixes: number[];
      }
    | { kind: 'interpolation'; interpolation: Interpolation }
    | { kind: 'clause'; clause: Clause }
    | { kind: 'decorator'; value: Expr }
    | { kind: 'elif'; test: Expr; body: Stmt[] }
    | { kind: 'else'; body: Stmt[] }
    | { kind: 'handler'; handler: Handler }
    | { kind: 'final'; body: Stmt[] }
    | { kind: 'item'; context: Expr; target?: Expr }
    | { kind: 'items'; items: { context: Expr; target?: Expr }[] }
    | { kind: 'case'; names: string[]; body: Stmt[] }
    | { kind: 'alias'; name: string; as: string }
    | { kind: 'relative'; level: number; module: string }
  );

/** A syntax node on its way out of the walk: its children are built already. */
export interface Raw extends Span {
  type: string;
  children: { field: string | undefined; built: Built }[];
}

const statementKinds = new Set<string>(
  [
    'ClassDef FunctionDef Assign AnnAssign AugAssign ExprStmt Return Raise If For While Try With Import ImportFrom Match',
    'Delete Global Pass Break Continue Assert OpaqueStmt',
  ].flatMap((kinds) => kinds.split(' ')),
);
const partKinds = new Set<string>(
  'token block arguments keyword pair params param literal interpolation clause decorator elif else handler final item items case alias relative'.split(
    ' ',
  ),
);

const isStatement = (built: Built): built is Stmt => statementKinds.has(built.kind);
const isExpr = (built: Built): built is Expr => !statementKinds.has(built.kind) && !partKinds.has(built.kind);

type Builder = (raw: Raw, text: string) => Built;

const span = ({ start, end }: Span): Span => ({ start, end });
const token = (raw: Raw, text: string): Built => ({
  kind: 'token',
  ...span(raw),
  text: text.slice(raw.start, raw.end),
});
const opaque = (at: Span, children: Node[] = []): Expr => ({ kind: 'Opaque', ...span(at), children });

function part<K extends Built['kind']>(raw: Raw, kind: K): Extract<Built, { kind: K }> | undefined {
  return raw.children.find(({ built }) => built.kind === kind)?.built as Extract<Built, { kind: K }> | undefined;
}

function parts<K extends Built['kind']>(raw: Raw, kind: K): Extract<Built, { kind: K }>[] {
  return raw.children.filter(({ built }) => built.kind === kind).map(({ built }) => built) as never;
}

const toExpr = (built: Built | undefined, at: Span): Expr =>
  built === undefined ? opaque(at) : isExpr(built) ? built : built.kind === 'literal' ? literal(built) : opaque(built);

const exprs = (raw: Raw): Expr[] =>
  raw.children.filter(({ built }) => isExpr(built) || built.kind === 'literal').map(({ built }) => toExpr(built, raw));

function at(raw: Raw, field: string): Built | undefined {
  return raw.children.find((child) => child.field === field)?.built;
}

function exprAt(raw: Raw, field: string): Expr {
  return toExpr(at(raw, field), raw);
}

function optionalExpr(raw: Raw, field: string): Expr | undefined {
  const built = at(raw, field);
  return built === undefined ? undefined : toExpr(built, raw);
}

/** Statements among the children; what could not be parsed is left out, but not the statements inside it. */
function statements(raw: Raw): Stmt[] {
  const out: Stmt[] = [];
  const open = raw.children.map(({ built }) => built).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isStatement(next)) out.push(next);
    else if (next.kind === 'Opaque') open.push(...[...next.children].reverse());
    else if (next.kind === 'block') open.push(...[...next.body].reverse());
  }
  return out;
}

const bodyAt = (raw: Raw, field: string): Stmt[] => {
  const built = at(raw, field);
  return built?.kind === 'block' ? built.body : [];
};

const nameAt = (raw: Raw, field: string): { id: string; start: number } => {
  const built = at(raw, field);
  return { id: built?.kind === 'Name' ? built.id : '', start: built?.start ?? raw.start };
};

function literal(built: Extract<Part, { kind: 'literal' }>): Expr {
  if (built.formatted) {
    return { kind: 'FString', ...span(built), parts: built.parts, template: built.template, prefixes: built.prefixes };
  }
  const pieces = built.parts as Literal[];
  return { kind: 'Str', ...span(built), value: pieces.map(({ value }) => value).join(''), pieces, bytes: built.bytes };
}

/** One string literal. The text between its interpolations is decoded from the file. */
function string(raw: Raw, text: string): Built {
  const tokens = parts(raw, 'token');
  const open = tokens[0];
  const last = tokens.at(-1);
  const head = open?.text ?? '';
  const prefix = head.replace(/["'].*$/s, '').toLowerCase();
  const from = open?.end ?? raw.start;
  const to = last !== undefined && last !== open && /^["']/.test(last.text) ? last.start : raw.end;
  const out: (Literal | Interpolation)[] = [];
  let done = from;
  for (const { interpolation } of parts(raw, 'interpolation')) {
    if (interpolation.start > done) out.push(decodeLiteral(text, done, interpolation.start, prefix));
    out.push(interpolation);
    done = interpolation.end;
  }
  if (done < to || out.length === 0) out.push(decodeLiteral(text, done, Math.max(done, to), prefix));
  return {
    kind: 'literal',
    ...span(raw),
    parts: out,
    bytes: prefix.includes('b'),
    formatted: prefix.includes('f') || prefix.includes('t'),
    template: prefix.includes('t'),
    prefixes: prefix.includes('f') ? [raw.start] : [],
  };
}

function concatenated(raw: Raw): Built {
  const literals = parts(raw, 'literal');
  return {
    kind: 'literal',
    ...span(raw),
    parts: literals.flatMap((each) => each.parts),
    bytes: literals.some((each) => each.bytes),
    formatted: literals.some((each) => each.formatted),
    template: literals.some((each) => each.template),
    prefixes: literals.flatMap((each) => each.prefixes),
  };
}

/** A dotted name that is no expression of its own: of an import, or a pattern. */
function dotted(raw: Raw, text: string): Built {
  return { kind: 'Name', ...span(raw), id: text.slice(raw.start, raw.end).replace(/\s/g, '') };
}

function call(raw: Raw): Expr {
  const list = at(raw, 'arguments');
  const base = { kind: 'Call' as const, ...span(raw), func: exprAt(raw, 'function') };
  if (list?.kind === 'arguments') {
    return { ...base, args: list.args, keywords: list.keywords, open: list.start + 1, close: list.end - 1 };
  }
  const argument = toExpr(list, raw);
  return { ...base, args: [argument], keywords: [], open: argument.start + 1, close: argument.end - 1 };
}

function args(raw: Raw): Built {
  return {
    kind: 'arguments',
    ...span(raw),
    args: exprs(raw),
    keywords: raw.children.flatMap(({ built }) =>
      built.kind === 'keyword'
        ? [built.keyword]
        : built.kind === 'pair'
          ? [{ ...span(built), value: built.value }]
          : [],
    ),
  };
}

function assignment(raw: Raw): Stmt {
  const type = at(raw, 'type');
  const left = exprAt(raw, 'left');
  const right = at(raw, 'right');
  if (type !== undefined) {
    const value = right === undefined ? {} : { value: toExpr(right, raw) };
    return { kind: 'AnnAssign', ...span(raw), target: left, annotation: toExpr(type, raw), ...value };
  }
  if (right?.kind === 'Assign') return { ...right, ...span(raw), targets: [left, ...right.targets] };
  return { kind: 'Assign', ...span(raw), targets: [left], value: toExpr(right, raw) };
}

function definition(raw: Raw): Built {
  const inner = at(raw, 'definition');
  const decorators = parts(raw, 'decorator').map(({ value }) => value);
  if (inner?.kind === 'ClassDef' || inner?.kind === 'FunctionDef') return { ...inner, start: raw.start, decorators };
  return { kind: 'OpaqueStmt', ...span(raw) };
}

function bodyStart(raw: Raw): number {
  const colon = raw.children.findLast(({ built }) => built.kind === 'token' && built.text === ':');
  return colon?.built.end ?? raw.end;
}

function classDefinition(raw: Raw): Stmt {
  const list = at(raw, 'superclasses');
  const { id, start } = nameAt(raw, 'name');
  return {
    kind: 'ClassDef',
    ...span(raw),
    name: id,
    nameStart: start,
    bases: list?.kind === 'arguments' ? list.args : [],
    keywords: list?.kind === 'arguments' ? list.keywords : [],
    decorators: [],
    body: bodyAt(raw, 'body'),
    bodyStart: bodyStart(raw),
  };
}

function functionDefinition(raw: Raw): Stmt {
  const list = at(raw, 'parameters');
  const { id, start } = nameAt(raw, 'name');
  const returns = optionalExpr(raw, 'return_type');
  return {
    kind: 'FunctionDef',
    ...span(raw),
    name: id,
    nameStart: start,
    params: list?.kind === 'params' ? list.params : [],
    ...(returns && { returns }),
    decorators: [],
    body: bodyAt(raw, 'body'),
    bodyStart: bodyStart(raw),
  };
}

const params: Builder = (raw) => ({
  kind: 'params',
  ...span(raw),
  params: raw.children.flatMap(({ built }): Param[] => {
    if (built.kind === 'param') return [built.param];
    if (built.kind === 'Name') return [{ ...span(built), name: built.id }];
    if (built.kind === 'Starred' && built.value.kind === 'Name') {
      return [{ ...span(built), name: built.value.id, star: '*' }];
    }
    return [];
  }),
});

const param: Builder = (raw) => {
  const named = at(raw, 'name') ?? raw.children.find(({ built }) => built.kind !== 'token')?.built;
  const annotation = optionalExpr(raw, 'type');
  const value = optionalExpr(raw, 'value');
  const inner: Param =
    named?.kind === 'param'
      ? named.param
      : named?.kind === 'Starred' && named.value.kind === 'Name'
        ? { ...span(raw), name: named.value.id, star: '*' }
        : { ...span(raw), name: named?.kind === 'Name' ? named.id : '' };
  return {
    kind: 'param',
    ...span(raw),
    param: { ...inner, ...span(raw), ...(annotation && { annotation }), ...(value && { default: value }) },
  };
};

const starParam: Builder = (raw) => {
  const named = raw.children.find(({ built }) => built.kind === 'Name')?.built;
  return {
    kind: 'param',
    ...span(raw),
    param: { ...span(raw), name: named?.kind === 'Name' ? named.id : '', star: '**' },
  };
};

const sequence =
  (kind: 'Tuple' | 'List' | 'Set'): Builder =>
  (raw) => ({ kind, ...span(raw), items: exprs(raw) });

const comprehension =
  (form: 'list' | 'set' | 'dict' | 'generator'): Builder =>
  (raw) => {
    const body = at(raw, 'body');
    const pair = body?.kind === 'pair' ? body : undefined;
    return {
      kind: 'Comp',
      ...span(raw),
      form,
      element: pair ? pair.value : toExpr(body, raw),
      ...(pair?.key && { key: pair.key }),
      clauses: parts(raw, 'clause').map(({ clause }) => clause),
    };
  };

const block: Builder = (raw) => ({
  kind: 'block',
  ...span(raw),
  body: statements(raw),
  cases: parts(raw, 'case').map(({ names, body }) => ({ names, body })),
});
const starred: Builder = (raw) => ({ kind: 'Starred', ...span(raw), value: exprs(raw)[0] ?? opaque(raw) });
const inner: Builder = (raw) => toExpr(raw.children.find(({ built }) => built.kind !== 'token')?.built, raw);
const simpleStatement =
  (kind: 'Delete' | 'Global' | 'Pass' | 'Break' | 'Continue'): Builder =>
  (raw) => ({ kind, ...span(raw) });

function ifStatement(raw: Raw): Stmt {
  let orelse = part(raw, 'else')?.body ?? [];
  for (const branch of parts(raw, 'elif').reverse()) {
    orelse = [{ kind: 'If', ...span(branch), test: branch.test, body: branch.body, orelse }];
  }
  return { kind: 'If', ...span(raw), test: exprAt(raw, 'condition'), body: bodyAt(raw, 'consequence'), orelse };
}

const orElse = (raw: Raw): Stmt[] => part(raw, 'else')?.body ?? [];

const builders: { [type: string]: Builder } = {
  module: block,
  block,
  expression_statement: (raw) => {
    const found = raw.children.map(({ built }) => built).find((built) => built.kind !== 'token');
    if (found !== undefined && isStatement(found)) return { ...found, ...span(raw) };
    const values = exprs(raw);
    const value: Expr = values.length > 1 ? { kind: 'Tuple', ...span(raw), items: values } : toExpr(found, raw);
    return { kind: 'ExprStmt', ...span(raw), value };
  },
  assignment,
  augmented_assignment: (raw) => {
    const op = at(raw, 'operator');
    return {
      kind: 'AugAssign',
      ...span(raw),
      target: exprAt(raw, 'left'),
      op: op?.kind === 'token' ? op.text.replace('=', '') : '',
      value: exprAt(raw, 'right'),
    };
  },
  class_definition: classDefinition,
  function_definition: functionDefinition,
  decorated_definition: definition,
  decorator: (raw) => ({ kind: 'decorator', ...span(raw), value: exprs(raw)[0] ?? opaque(raw) }),
  return_statement: (raw) => {
    const value = exprs(raw)[0];
    return { kind: 'Return', ...span(raw), ...(value && { value }) };
  },
  raise_statement: (raw) => {
    const value = exprs(raw)[0];
    return { kind: 'Raise', ...span(raw), ...(value && { value }) };
  },
  assert_statement: (raw) => ({ kind: 'Assert', ...span(raw), test: exprs(raw)[0] ?? opaque(raw) }),
  delete_statement: simpleStatement('Delete'),
  global_statement: simpleStatement('Global'),
  nonlocal_statement: simpleStatement('Global'),
  pass_statement: simpleStatement('Pass'),
  break_statement: simpleStatement('Break'),
  continue_statement: simpleStatement('Continue'),
  type_alias_statement: (raw) => ({
    kind: 'Assign',
    ...span(raw),
    targets: [exprAt(raw, 'left')],
    value: exprAt(raw, 'right'),
  }),
  print_statement: (raw) => ({ kind: 'OpaqueStmt', ...span(raw) }),
  exec_statement: (raw) => ({ kind: 'OpaqueStmt', ...span(raw) }),
  if_statement: ifStatement,
  elif_clause: (raw) => ({
    kind: 'elif',
    ...span(raw),
    test: exprAt(raw, 'condition'),
    body: bodyAt(raw, 'consequence'),
  }),
  else_clause: (raw) => ({ kind: 'else', ...span(raw), body: bodyAt(raw, 'body') }),
  for_statement: (raw) => ({
    kind: 'For',
    ...span(raw),
    target: exprAt(raw, 'left'),
    iter: exprAt(raw, 'right'),
    body: bodyAt(raw, 'body'),
    orelse: orElse(raw),
  }),
  while_statement: (raw) => ({
    kind: 'While',
    ...span(raw),
    test: exprAt(raw, 'condition'),
    body: bodyAt(raw, 'body'),
    orelse: orElse(raw),
  }),
  try_statement: (raw) => ({
    kind: 'Try',
    ...span(raw),
    body: bodyAt(raw, 'body'),
    handlers: parts(raw, 'handler').map(({ handler }) => handler),
    orelse: orElse(raw),
    final: part(raw, 'final')?.body ?? [],
  }),
  except_clause: (raw) => {
    const value = optionalExpr(raw, 'value');
    const alias = part(raw, 'item');
    const type = alias?.context ?? value;
    const name = alias?.target?.kind === 'Name' ? alias.target.id : undefined;
    return {
      kind: 'handler',
      ...span(raw),
      handler: { ...(type && { type }), ...(name !== undefined && { name }), body: part(raw, 'block')?.body ?? [] },
    };
  },
  finally_clause: (raw) => ({ kind: 'final', ...span(raw), body: part(raw, 'block')?.body ?? [] }),
  with_statement: (raw) => ({
    kind: 'With',
    ...span(raw),
    items: part(raw, 'items')?.items ?? [],
    body: bodyAt(raw, 'body'),
  }),
  match_statement: (raw) => {
    const body = at(raw, 'body');
    const cases = body?.kind === 'block' ? body.cases : [];
    return { kind: 'Match', ...span(raw), subject: exprAt(raw, 'subject'), cases };
  },
  case_clause: (raw, text) => {
    // Whether a name is caught or compared with is not told apart here.
    const head = text.slice(raw.start, at(raw, 'consequence')?.start ?? raw.end);
    return { kind: 'case', ...span(raw), names: head.match(/\b[A-Za-z_]\w*/g) ?? [], body: bodyAt(raw, 'consequence') };
  },
  with_clause: (raw) => ({
    kind: 'items',
    ...span(raw),
    items: parts(raw, 'item').map(({ context, target }) => ({ context, ...(target && { target }) })),
  }),
  with_item: (raw) => {
    const value = at(raw, 'value');
    return value?.kind === 'item' ? value : { kind: 'item', ...span(raw), context: toExpr(value, raw) };
  },
  as_pattern: (raw) => {
    const [context, target] = exprs(raw);
    return { kind: 'item', ...span(raw), context: context ?? opaque(raw), ...(target && { target }) };
  },
  import_statement: (raw) => ({
    kind: 'Import',
    ...span(raw),
    names: raw.children.flatMap(({ built }) =>
      built.kind === 'Name'
        ? [{ module: built.id }]
        : built.kind === 'alias'
          ? [{ module: built.name, as: built.as }]
          : [],
    ),
  }),
  import_from_statement: (raw) => {
    const module = at(raw, 'module_name');
    return {
      kind: 'ImportFrom',
      ...span(raw),
      module: module?.kind === 'relative' ? module.module : module?.kind === 'Name' ? module.id : '',
      level: module?.kind === 'relative' ? module.level : 0,
      names: raw.children.flatMap(({ field, built }) => {
        if (built.kind === 'token' && built.text === '*') return [{ name: '*' }];
        if (field !== 'name') return [];
        if (built.kind === 'alias') return [{ name: built.name, as: built.as }];
        return built.kind === 'Name' ? [{ name: built.id }] : [];
      }),
    };
  },
  future_import_statement: simpleStatement('Pass'),
  aliased_import: (raw) => ({
    kind: 'alias',
    ...span(raw),
    name: nameAt(raw, 'name').id,
    as: nameAt(raw, 'alias').id,
  }),
  relative_import: (raw) => {
    const prefix = part(raw, 'token');
    const module = part(raw, 'Name');
    return {
      kind: 'relative',
      ...span(raw),
      level: prefix === undefined ? 0 : prefix.text.replace(/[^.]/g, '').length,
      module: module?.id ?? '',
    };
  },
  import_prefix: token,
  wildcard_import: token,
  dotted_name: dotted,
  identifier: (raw, text) => ({ kind: 'Name', ...span(raw), id: text.slice(raw.start, raw.end) }),
  attribute: (raw) => {
    const { id, start } = nameAt(raw, 'attribute');
    return { kind: 'Attribute', ...span(raw), value: exprAt(raw, 'object'), attr: id, attrStart: start };
  },
  member_type: (raw) => {
    const [value, attribute] = exprs(raw);
    if (value === undefined || attribute?.kind !== 'Name') return opaque(raw);
    return { kind: 'Attribute', ...span(raw), value, attr: attribute.id, attrStart: attribute.start };
  },
  call,
  argument_list: args,
  keyword_argument: (raw) => ({
    kind: 'keyword',
    ...span(raw),
    keyword: { ...span(raw), name: nameAt(raw, 'name').id, value: exprAt(raw, 'value') },
  }),
  dictionary_splat: (raw) => ({ kind: 'pair', ...span(raw), value: exprs(raw)[0] ?? opaque(raw) }),
  pair: (raw) => ({ kind: 'pair', ...span(raw), key: exprAt(raw, 'key'), value: exprAt(raw, 'value') }),
  list_splat: starred,
  list_splat_pattern: starred,
  splat_type: starred,
  dictionary_splat_pattern: starParam,
  parenthesized_expression: inner,
  parenthesized_list_splat: inner,
  type: inner,
  case_pattern: inner,
  as_pattern_target: inner,
  subscript: (raw) => ({
    kind: 'Subscript',
    ...span(raw),
    value: exprAt(raw, 'value'),
    slices: raw.children.filter(({ field }) => field === 'subscript').map(({ built }) => toExpr(built, raw)),
  }),
  generic_type: (raw) => {
    const [value] = exprs(raw);
    return {
      kind: 'Subscript',
      ...span(raw),
      value: value ?? opaque(raw),
      slices: part(raw, 'arguments')?.args ?? [],
    };
  },
  type_parameter: args,
  union_type: (raw) => {
    const [left, right] = exprs(raw);
    return { kind: 'BinOp', ...span(raw), op: '|', left: left ?? opaque(raw), right: right ?? opaque(raw) };
  },
  string,
  concatenated_string: concatenated,
  string_start: token,
  string_end: token,
  string_content: (raw) => ({ kind: 'block', ...span(raw), body: [], cases: [] }),
  interpolation: (raw, text) => {
    const conversion = raw.children.find(({ field }) => field === 'type_conversion')?.built;
    const spec = raw.children.find(({ field }) => field === 'format_specifier')?.built;
    return {
      kind: 'interpolation',
      ...span(raw),
      interpolation: {
        ...span(raw),
        hole: exprAt(raw, 'expression'),
        ...(conversion && { conversion: text.slice(conversion.start + 1, conversion.end) }),
        ...(spec && { spec: text.slice(spec.start + 1, spec.end) }),
      },
    };
  },
  type_conversion: token,
  format_specifier: token,
  integer: (raw, text) => ({
    kind: 'Num',
    ...span(raw),
    value: Number(text.slice(raw.start, raw.end).replace(/_/g, '')),
  }),
  float: (raw, text) => ({
    kind: 'Num',
    ...span(raw),
    value: Number(text.slice(raw.start, raw.end).replace(/_/g, '')),
  }),
  true: (raw) => ({ kind: 'Bool', ...span(raw), value: true }),
  false: (raw) => ({ kind: 'Bool', ...span(raw), value: false }),
  none: (raw) => ({ kind: 'None', ...span(raw) }),
  tuple: sequence('Tuple'),
  expression_list: sequence('Tuple'),
  pattern_list: sequence('Tuple'),
  tuple_pattern: sequence('Tuple'),
  list: sequence('List'),
  list_pattern: sequence('List'),
  set: sequence('Set'),
  dictionary: (raw) => ({
    kind: 'Dict',
    ...span(raw),
    entries: parts(raw, 'pair').map(({ key, value }) => ({ ...(key && { key }), value })),
  }),
  lambda: (raw) => {
    const list = at(raw, 'parameters');
    return {
      kind: 'Lambda',
      ...span(raw),
      params: list?.kind === 'params' ? list.params : [],
      body: exprAt(raw, 'body'),
    };
  },
  parameters: params,
  lambda_parameters: params,
  default_parameter: param,
  typed_parameter: param,
  typed_default_parameter: param,
  binary_operator: (raw) => {
    const op = at(raw, 'operator');
    return {
      kind: 'BinOp',
      ...span(raw),
      op: op?.kind === 'token' ? op.text : '',
      left: exprAt(raw, 'left'),
      right: exprAt(raw, 'right'),
    };
  },
  boolean_operator: (raw) => {
    const op = at(raw, 'operator');
    return {
      kind: 'BoolOp',
      ...span(raw),
      op: op?.kind === 'token' ? op.text : '',
      left: exprAt(raw, 'left'),
      right: exprAt(raw, 'right'),
    };
  },
  not_operator: (raw) => ({ kind: 'UnaryOp', ...span(raw), op: 'not', operand: exprAt(raw, 'argument') }),
  unary_operator: (raw) => {
    const op = at(raw, 'operator');
    return {
      kind: 'UnaryOp',
      ...span(raw),
      op: op?.kind === 'token' ? op.text : '',
      operand: exprAt(raw, 'argument'),
    };
  },
  comparison_operator: (raw) => {
    const [left, ...comparators] = exprs(raw);
    const ops = raw.children.flatMap(({ field, built }) =>
      field === 'operators' && built.kind === 'token' ? [built.text.replace(/\s+/g, ' ')] : [],
    );
    return { kind: 'Compare', ...span(raw), left: left ?? opaque(raw), ops, comparators };
  },
  conditional_expression: (raw) => {
    const [body, test, orelse] = exprs(raw);
    if (body === undefined || test === undefined || orelse === undefined) return opaque(raw);
    return { kind: 'IfExp', ...span(raw), test, body, orelse };
  },
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('set'),
  dictionary_comprehension: comprehension('dict'),
  generator_expression: comprehension('generator'),
  for_in_clause: (raw) => ({
    kind: 'clause',
    ...span(raw),
    clause: { target: exprAt(raw, 'left'), iter: exprAt(raw, 'right') },
  }),
  if_clause: (raw) => ({ kind: 'clause', ...span(raw), clause: { test: exprs(raw)[0] ?? opaque(raw) } }),
  named_expression: (raw) => ({
    kind: 'NamedExpr',
    ...span(raw),
    name: nameAt(raw, 'name').id,
    value: exprAt(raw, 'value'),
  }),
  await: (raw) => ({ kind: 'Await', ...span(raw), value: exprs(raw)[0] ?? opaque(raw) }),
};

/** Node types whose anonymous children carry meaning. */
export const tokenParents: ReadonlySet<string> = new Set(['class_definition', 'function_definition']);

/** Node types that are not walked into: there is nothing in them, or their text says it all. */
export const leaves: ReadonlySet<string> = new Set([
  'identifier',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'string_start',
  'string_end',
  'string_content',
  'dotted_name',
  'import_prefix',
  'format_specifier',
  'type_conversion',
]);

/**
 * Translates one syntax node whose children are translated already. What has no translation becomes `Opaque` and
 * keeps its children, so that statements inside broken text are still found.
 */
export function build(raw: Raw, named: boolean, text: string): Built {
  if (!named) return token(raw, text);
  const builder = Object.hasOwn(builders, raw.type) ? builders[raw.type] : undefined;
  if (builder !== undefined) return builder(raw, text);
  const children = raw.children.flatMap(({ built }): Node[] => {
    if (isStatement(built)) return [built];
    if (built.kind === 'block') return built.body;
    if (built.kind === 'token') return [];
    return isExpr(built) || built.kind === 'literal' ? [toExpr(built, raw)] : [];
  });
  return opaque(raw, children);
}
