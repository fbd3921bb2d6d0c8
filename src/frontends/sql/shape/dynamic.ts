import type { Statement } from '../../../ir/index.js';
import { mappedSource, mask, type Source } from '../source.js';
import { type Piece, pieces } from '../split.js';
import { isMysql } from '../names.js';
import type { RawHole } from '../tokens.js';
import { Cursor } from './cursor.js';
import type { Place } from './shape.js';
import { unescaped } from './text.js';

/** Text put together from literals and computed parts, with the way back. */
class Assembly {
  text = '';
  readonly pairs: [number, number][] = [];
  readonly firsts = new Set<number>();
  readonly holes: RawHole[] = [];

  constructor(private readonly source: Source) {}

  /** A string literal; `format` holds the place marks of format(). */
  literal(start: number, end: number, format: boolean): void {
    const { source } = this;
    const written = source.text.slice(start, end);
    const dollar = written.startsWith('$');
    const open = dollar ? written.indexOf('$', 1) + 1 : written.search(/['"]/) + 1;
    const quote = written[open - 1]!;
    const escapes = isMysql(source.dialect);
    const close = written.length - (dollar ? open : 1);
    this.firsts.add(this.text.length);
    this.pairs.push([this.text.length, source.host(start + open)]);
    for (let at = open; at < close; at++) {
      const place = format ? /^%(?:\d+\$)?-?\d*([sIL%])/.exec(written.slice(at, at + 12)) : null;
      if (place && place[1] !== '%') {
        const length = place[0].length;
        this.holes.push({
          start: this.text.length,
          end: this.text.length + length,
          style: 'percent',
          bound: place[1] === 'L',
        });
        this.text += mask(length);
        at += length - 1;
        continue;
      }
      const escaped = escapes && written[at] === '\\';
      this.text += escaped ? unescaped(written[at + 1] ?? '') : written[at]!;
      if (place || escaped || (!dollar && written[at] === quote && written[at + 1] === quote)) {
        at++;
        this.pairs.push([this.text.length, source.host(start + at + 1)]);
      }
    }
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
  const format = expression.is('FORMAT', '(');
  if (format) {
    part(expression.within([2, expression.length]).list()[0], assembly, true);
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
  const simple = cursor.length === 1 && (first.kind === 'dollar' || first.kind === 'string');
  if (simple && !first.unterminated) assembly.literal(first.start, first.end, format);
  else assembly.computed(first.start, last.end);
}
