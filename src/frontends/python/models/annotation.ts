import type { Annotation as AnnotationFact, Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { spanOf, written as textAt } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import type { Scope } from '../values/scope.js';

/** What a model attribute's annotation says. */
export interface Annotation {
  /** `Mapped[…]` and its relatives; absent for a plain annotation. */
  wrapper?: string;
  optional: boolean;
  /** `list`, `set` and the like around the type. */
  collection?: string;
  /** The dotted name of the type; absent where it can't be resolved. */
  type?: string;
  /** The texts of `Literal[…]`. */
  literals?: string[];
  /** The class name as written, for a relationship's target. */
  written: string;
  /** What `Annotated[…]` carries beside the type. */
  extras: Expr[];
  isClassVar: boolean;
  /** The whole annotation as it stands in the file. */
  text: string;
  span: Span;
  /** The name of its type is that of a variable: an alias, of which it is not known what it stands for. */
  alias?: true;
}

/** Types are named in capitals, but for Python's own. */
const isAliasName = (type: string): boolean =>
  /(?:^|\.)[a-z_]\w*$/.test(type) &&
  !/^(?:int|str|bool|float|bytes|dict|list|set|tuple|object|datetime\.\w+)$/.test(type);

/** The annotation as rules see it. */
export function annotationFact({
  optional,
  wrapper,
  type,
  collection,
  literals,
  text,
  span,
  alias,
}: Annotation): AnnotationFact {
  const isPlain = collection === undefined && literals === undefined;
  const isOpen = alias === true || (isPlain && (type === undefined || isAliasName(type)));
  return {
    written: text,
    nullable: optional ? true : isOpen ? 'unknown' : false,
    ...(type === 'typing.Any' && collection === undefined && { any: true as const }),
    ...(wrapper !== undefined && { wrapper }),
    ...(collection !== undefined && { collection: true as const }),
    span,
  };
}

const wrappers = new Set(['Mapped', 'DynamicMapped', 'WriteOnlyMapped', 'AppenderQuery', 'RelationshipProperty']);
const collections = new Set([
  'list',
  'List',
  'set',
  'Set',
  'Sequence',
  'Collection',
  'tuple',
  'Tuple',
  'dict',
  'Dict',
  'FrozenSet',
]);

/** Reads an annotation through `Mapped`, `Optional`, `X | None`, `Annotated`, quotes and collections. */
export function readAnnotation(expr: Expr, scope: Scope, reading: Reading): Annotation {
  const found: Annotation = {
    optional: false,
    written: '',
    extras: [],
    isClassVar: false,
    text: textAt(reading.source, expr),
    span: spanOf(expr),
  };
  let at: Expr | undefined = expr;
  for (let depth = 0; at !== undefined && depth < 20; depth += 1) at = step(at, scope, reading, found);
  return found;
}

const isNone = (expr: Expr) => expr.kind === 'None' || (expr.kind === 'Str' && expr.value === 'None');

/** Takes one layer off; the type that is left, or nothing at the end. */
function step(expr: Expr, scope: Scope, reading: Reading, found: Annotation): Expr | undefined {
  // What a collection holds may be None without the collection being None.
  const takesNone = found.collection === undefined;
  if (expr.kind === 'Str') return reading.parseExpression(expr.value, expr.pieces[0]?.offsets[0]?.[1] ?? expr.start);
  if (expr.kind === 'BinOp' && expr.op === '|') {
    if (isNone(expr.right) || isNone(expr.left)) {
      found.optional ||= takesNone;
      return isNone(expr.right) ? expr.left : expr.right;
    }
    return undefined;
  }
  if (expr.kind === 'Subscript') {
    const name = lastName(expr.value);
    const [first, ...rest] =
      expr.slices.length === 1 && expr.slices[0]?.kind === 'Tuple' ? expr.slices[0].items : expr.slices;
    if (name === 'ClassVar') found.isClassVar = true;
    if (wrappers.has(name)) found.wrapper = name;
    else if (name === 'Optional') found.optional ||= takesNone;
    else if (name === 'Union') {
      const others = [first, ...rest].filter((each): each is Expr => each !== undefined && !isNone(each));
      if (others.length <= rest.length) found.optional ||= takesNone;
      return others.length === 1 ? others[0] : undefined;
    } else if (name === 'Annotated') found.extras.push(...rest);
    else if (collections.has(name)) {
      found.collection = name.toLowerCase();
      // What a dict holds is named behind its key.
      return found.collection === 'dict' ? (rest.at(-1) ?? first) : first;
    } else if (name === 'Literal') {
      const labels = [first, ...rest].map((each) => (each?.kind === 'Str' ? each.value : undefined));
      if (labels.every((label) => label !== undefined)) found.literals = labels;
      return undefined;
    } else if (name !== 'Required' && name !== 'Final') {
      readName(expr.value, scope, reading, found);
      return undefined;
    }
    return first;
  }
  readName(expr, scope, reading, found);
  return undefined;
}

function lastName(expr: Expr): string {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : '';
}

function readName(expr: Expr, scope: Scope, reading: Reading, found: Annotation): void {
  if (expr.kind !== 'Name' && expr.kind !== 'Attribute') return;
  found.written = lastName(expr);
  const value = reading.interpreter.evaluate(expr, scope);
  // An alias of `Annotated[…]`: what it stands for is looked up by its own name.
  const isAlias = value.kind === 'ref' && value.name.endsWith('[]');
  const name = isAlias ? `${reading.interpreter.module}.${found.written}` : reading.interpreter.nameOf(value);
  if (name !== undefined) found.type = name;
  const bound = expr.kind === 'Name' ? reading.interpreter.scope.bindings.get(expr.id)?.[0] : undefined;
  if (bound?.kind === 'value' || bound?.kind === 'other') found.alias = true;
}
