import type { Statement } from '../../../ir/index.js';
import { mappedSource, mask, type Source } from '../source.js';
import { type Piece, pieces } from '../split.js';
import type { RawHole, Token } from '../tokens.js';
import { Cursor } from './cursor.js';
import { literalSource } from './literal-source.js';
import type { Place } from './shape.js';

/** Place marks of format(): `%I`, `%1$s`, `%-10L`, and `%%`. */
const place = /%(?:\d+\$)?-?\d*([sIL%])/g;

/** Text put together from literals and computed parts, with the way back. */
class Assembly {
  text = '';
  readonly pairs: [number, number][] = [];
  readonly firsts = new Set<number>();
  readonly holes: RawHole[] = [];

  constructor(private readonly source: Source) {}

  /** A string literal; `format` holds the place marks of format(). */
  literal(token: Token, format: boolean): void {
    const inner = literalSource(this.source, token);
    let from = 0;
    this.firsts.add(this.text.length);
    for (const match of format ? inner.text.matchAll(place) : []) {
      this.stretch(inner, from, match.index);
      const [written, kind] = match;
      const start = this.text.length;
      this.pairs.push([start, inner.host(match.index)]);
      if (kind === '%') this.text += '%';
      else {
        this.holes.push({ start, end: start + written.length, style: 'percent', bound: kind === 'L' });
        this.text += mask(written.length);
      }
      from = match.index + written.length;
    }
    this.stretch(inner, from, inner.text.length);
  }

  private stretch(inner: Source, from: number, to: number): void {
    const start = this.text.length;
    for (const [at, host] of inner.pairs(from, to) ?? [[0, inner.host(from)]]) this.pairs.push([start + at, host]);
    for (const hole of inner.holes) {
      if (hole.start >= from && hole.end <= to)
        this.holes.push({ ...hole, start: hole.start - from + start, end: hole.end - from + start });
    }
    this.text += inner.text.slice(from, to);
  }

  computed(start: number, end: number): void {
    const length = Math.max(1, end - start);
    this.firsts.add(this.text.length);
    this.pairs.push([this.text.length, this.source.host(start)]);
    this.holes.push({ start: this.text.length, end: this.text.length + length, style: 'positional', bound: false });
    this.text += mask(length);
  }

  done(): Source {
    return mappedSource(this.text, this.source.dialect, this.holes, this.pairs, this.firsts);
  }
}

/** EXECUTE of a text: the statements in it as far as they are written out. */
export function readDynamic(cursor: Cursor, from: number, to: number, place: Place): Statement[] {
  return readAssembled(cursor.within([from + 1, to]), place);
}

/** The statements in the text that an expression makes. */
export function readAssembled(expression: Cursor, place: Place): Statement[] {
  const cursor = expression;
  const assembly = new Assembly(cursor.source);
  if (expression.is('FORMAT', '(')) {
    const pattern = expression.within([2, expression.length]).list()[0];
    for (const each of pattern ? concatenated(pattern) : []) part(each, assembly, true);
  } else if (expression.is('CONCAT', '(')) {
    expression.at++;
    const inside = expression.parenthesis();
    for (const each of inside ? expression.within(inside).list() : []) part(each, assembly, false);
  } else {
    expression.until('USING', 'INTO');
    for (const each of concatenated(expression.within([0, expression.at]))) part(each, assembly, false);
  }
  const source = assembly.done();
  const statements: Statement[] = [];
  for (const piece of pieces(source)) {
    if (piece.kind !== 'statement') continue;
    const { tokens } = piece;
    const inner = new Cursor(source, tokens, piece.holes);
    const statement = place.surroundings.read(inner, 0, tokens.length, place);
    statements.push(tokens[0]?.kind === 'hole' || isComputed(piece) ? unknown(statement) : statement);
  }
  return statements;
}

/** Whether even the first word comes at run time. */
const isComputed = ({ start, holes }: Piece): boolean => holes.some((hole) => hole.start === start && !hole.bound);

/** A statement of which nothing is known: it may do anything. */
const unknown = (statement: Statement): Statement => ({
  ...statement,
  verb: 'EXECUTE',
  provenance: 'opaque',
  operations: [
    {
      kind: 'Opaque',
      reason: 'EXECUTE runs dynamic SQL',
      touches: [],
      anything: true,
      span: statement.span,
      provenance: 'opaque',
    },
  ],
  problems: [],
});

/** The operands of `||`, or of `+` in T-SQL. */
function concatenated(cursor: Cursor): Cursor[] {
  const sign = cursor.source.dialect === 'tsql' ? '+' : '||';
  const parts: Cursor[] = [];
  while (!cursor.done) {
    const from = cursor.at;
    cursor.until(sign);
    if (cursor.at > from) parts.push(cursor.within([from, cursor.at]));
    cursor.at++;
  }
  return parts;
}

function part(cursor: Cursor | undefined, assembly: Assembly, format: boolean): void {
  const first = cursor?.tokenAt(0);
  const last = cursor?.tokenAt(cursor.length - 1);
  if (cursor === undefined || first === undefined || last === undefined) return;
  // Strings with nothing but a new line between them are one.
  const literals = cursor.range(0, cursor.length);
  if (literals.every(({ kind, unterminated }) => (kind === 'dollar' || kind === 'string') && !unterminated)) {
    for (const each of literals) assembly.literal(each, format);
  } else assembly.computed(first.start, last.end);
}
