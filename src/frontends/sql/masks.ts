import type { HolePosition } from '../../ir/index.js';
import { isKeyword } from './positions.js';
import { isNative, mask, type Source } from './source.js';
import type { Piece } from './split.js';
import type { RawHole, Token } from './tokens.js';

/** Numbers alone stand behind these; grammars take no name there. */
const beforeNumber = {
  mysql: /(?:^|\s)(?:LIMIT|OFFSET|LIMIT \S+ ,|OFFSET \S+ ,|AUTO_INCREMENT =|(?:VAR)?(?:CHAR|BINARY) \(|DECIMAL \()$/,
  postgresql: /(?:^|\s)(?:MODULUS|REMAINDER|(?:START|RESTART) WITH|INCREMENT BY|MINVALUE|MAXVALUE|CACHE)$/,
};

/** Strings alone stand behind these. */
const beforeText = {
  mysql: /(?:^|\s)(?:COMMENT|COMMENT =|IDENTIFIED BY|INFILE|OUTFILE)$/,
  postgresql: /(?:^|\s)(?:INTERVAL|ADD VALUE|PASSWORD|VALID UNTIL)$/,
};

const families = { mysql: 'mysql', mariadb: 'mysql', postgresql: 'postgresql', cockroachdb: 'postgresql' } as const;

/**
 * A statement's text for a grammar: every hole as something of equal length that may stand in its place, so that all
 * offsets hold. Placeholders that the grammar knows stay.
 * @param positions where each hole of the piece stands
 */
export function maskedText(
  { text, dialect }: Source,
  piece: Piece,
  positions: readonly HolePosition[],
  end: number,
): string {
  const family = families[dialect as keyof typeof families] as 'mysql' | 'postgresql' | undefined;
  const neighbours = new Neighbours(text, piece.tokens);
  let masked = '';
  let at = piece.start;
  for (const [index, hole] of piece.holes.entries()) {
    if (hole.start >= end) break;
    if (hole.start < at || (hole.bound && isNative(text.slice(hole.start, hole.start + 2), dialect))) continue;
    const alone = neighbours.moveTo(hole);
    // `:name_${x}`: what stands around it belongs to the placeholder.
    const around = neighbours.placeholder();
    const start = around && around.start >= at ? around.start : hole.start;
    const stop = Math.min(around?.end ?? hole.end, end);
    const length = stop - start;
    // {% if %} leaves nothing behind.
    const standIn = text.startsWith('{%', hole.start)
      ? ' '
      : alone && stop === hole.end
        ? standInFor(text, hole, positions[index]!, neighbours, family)
        : '';
    masked += text.slice(at, start) + (standIn === '' ? mask(length) : standIn.padEnd(length));
    at = stop;
  }
  return masked + text.slice(at, end);
}

/** What is put in the place of a hole that is a token of its own, no longer than it; `` for a name. */
function standInFor(
  text: string,
  { start, end }: RawHole,
  position: HolePosition,
  neighbours: Neighbours,
  family: 'mysql' | 'postgresql' | undefined,
): string {
  const length = end - start;
  // psql: `:'name'` becomes a string, `:"name"` a quoted name.
  const quote = text[start] === ':' ? text[start + 1] : undefined;
  if (quote === "'" || quote === '"') return quote + 'h'.padEnd(length - 2, '_') + quote;
  const before = neighbours.before();
  if (family && beforeNumber[family].test(before)) return '1';
  const isText = family && (beforeText[family].test(before) || (family === 'postgresql' && neighbours.isComment()));
  if (isText && length > 1) return `'${'_'.repeat(length - 2)}'`;
  if (/(?:^|\s)(?:VALUES|IN)$/.test(before) && length > 2) return '(1)';
  if (/(?:^|\s)SET$/.test(before) && position === 'fragment' && length > 2) return 'h=1';
  if (position === 'operator') return '=';
  if (position === 'direction') return ' ';
  // A query with no columns.
  if (family === 'postgresql' && length >= 6 && /(?:^|\s)(?:FROM|JOIN|EXISTS|AS) \($/.test(before)) return 'SELECT';
  return position === 'fragment' && neighbours.isBehindOperand() && !neighbours.isType() ? ' ' : '';
}

const operands = new Set<Token['kind']>(['string', 'number', 'placeholder', 'quoted', 'dollar', 'hole']);

/** The tokens around a hole, one hole after the other. */
class Neighbours {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** Whether the hole is a token of its own. */
  moveTo({ start, end }: RawHole): boolean {
    while (this.at < this.tokens.length && this.tokens[this.at]!.end <= start) this.at++;
    const token = this.tokens[this.at];
    return token?.start === start && token.end === end;
  }

  /** The placeholder that it is a part of. */
  placeholder(): Token | undefined {
    const token = this.tokens[this.at];
    return token?.kind === 'placeholder' ? token : undefined;
  }

  /** Whether it stands for a type: behind the name of a column that is defined. */
  isType(): boolean {
    const [first, name] = [this.tokens[0], this.tokens[this.at - 2]];
    const defines = first !== undefined && /^(?:CREATE|ALTER)$/.test(this.word(first));
    return defines && name !== undefined && /^(?:ADD|COLUMN|\(|,|EXISTS)$/.test(this.word(name));
  }

  /** The words before it, in upper case: as many as are looked at. */
  before(): string {
    const words = this.tokens.slice(Math.max(0, this.at - 4), this.at).map((token) => this.word(token));
    return words.join(' ');
  }

  /** COMMENT ON … IS. */
  isComment(): boolean {
    const [first] = this.tokens;
    const last = this.tokens[this.at - 1];
    return first !== undefined && last !== undefined && this.word(first) === 'COMMENT' && this.word(last) === 'IS';
  }

  isBehindOperand(): boolean {
    const last = this.tokens[this.at - 1];
    if (last === undefined) return false;
    if (last.kind !== 'word') return operands.has(last.kind) || this.word(last) === ')';
    // Other statements have words of their own before names: GRANT …, TEMPLATE ….
    if (!/^(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|MERGE|WITH|(?:CREATE|ALTER) TABLE)\b/.test(this.head())) return false;
    return !isKeyword(this.word(last)) || /^(?:ASC|DESC|END|LAST|FIRST)$/.test(this.word(last));
  }

  private head(): string {
    return this.tokens
      .slice(0, 2)
      .map((token) => this.word(token))
      .join(' ');
  }

  private word({ start, end }: Token): string {
    return this.text.slice(start, Math.min(end, start + 40)).toUpperCase();
  }
}
