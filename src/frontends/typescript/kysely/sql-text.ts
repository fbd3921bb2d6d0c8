import type { Dialect, Span } from '../../../ir/index.js';
import type { EmbeddedLiteral, EmbeddedText } from '../../sql/embedded-text.js';
import { isHole, textOf, type Value } from '../values/values.js';

/** SQL in the making. What is added stands at its place in the file, or behind what was added last: offsets ascend. */
export class SqlText {
  readonly parts: EmbeddedText = [];

  constructor(
    /** Where words stand that are written nowhere in the file. */
    private at: number,
    readonly dialect: Dialect,
  ) {}

  /** Words of the library's own. */
  words(text: string): this {
    if (text !== '') this.parts.push({ value: text, offsets: [...text].map((_, index) => [index, this.at]) });
    return this;
  }

  /** Text of the file. */
  literal(part: EmbeddedLiteral): this {
    const start = part.offsets[0]?.[1] ?? this.at;
    if (part.value === '') return this;
    if (start < this.at) return this.words(part.value);
    this.parts.push(part);
    const [index, host] = part.offsets.at(-1)!;
    this.at = host + (part.value.length - index);
    return this;
  }

  /** What is known at run time only. `bound`: the library hands it over as a parameter. */
  hole(span: Span, bound = false): this {
    const start = Math.max(this.at, span.start);
    const end = Math.max(span.end, start + 1);
    this.parts.push({ span: { start, end }, style: 'js', bound });
    this.at = end;
    return this;
  }

  /** A name, quoted as the dialect does. */
  name(value: Value | undefined, at: Span): this {
    const text = textOf(value);
    if (text === undefined) return this.hole(value?.span ?? at);
    return this.named(text, (value as Extract<Value, { kind: 'text' }>).parts);
  }

  /** `schema.table`. */
  path(value: Value | undefined, at: Span, schema?: Value): this {
    const text = textOf(value);
    if (text === undefined) {
      // A name that is made of pieces may hold its schema.
      return this.hole(value?.span ?? at);
    }
    const names = text.split('.').map((each) => each.trim());
    if (names.length === 1) {
      if (schema) this.name(schema, at).words('.');
      return this.name(value, at);
    }
    const parts = (value as Extract<Value, { kind: 'text' }>).parts;
    let from = 0;
    names.forEach((name, index) => {
      if (index > 0) this.words('.');
      const offset = text.indexOf(name, from);
      from = offset + name.length;
      this.named(name, sliced(parts, offset));
    });
    return this;
  }

  list<T>(items: readonly T[], each: (item: T) => void, separator = ', '): this {
    items.forEach((item, index) => {
      if (index > 0) this.words(separator);
      each(item);
    });
    return this;
  }

  /** A value that the library writes into the statement. */
  immediate(value: Value): this {
    if (value.kind === 'known') return this.words(String(value.value));
    const text = textOf(value);
    return text === undefined ? this.hole(value.span) : this.words(`'${text.replaceAll("'", "''")}'`);
  }

  private named(text: string, parts: Extract<Value, { kind: 'text' }>['parts']): this {
    const quote = this.dialect === 'mysql' || this.dialect === 'mariadb' ? '`' : '"';
    const [part] = parts;
    const quoted = text.replaceAll(quote, quote + quote);
    const start = part && !isHole(part) && part.offsets.length === 1 ? part.offsets[0]![1] : -1;
    if (start < this.at || quoted !== text) return this.words(quote + quoted + quote);
    // The quote of the file takes the place of the one in SQL, unless something of the text stands before.
    const open = Math.max(start - 1, this.at);
    return this.literal({
      value: quote + text + quote,
      offsets: [
        [0, open],
        [1, start],
      ],
    });
  }
}

/** The rest of a text from an offset on, where its first part holds that offset. */
function sliced(
  parts: Extract<Value, { kind: 'text' }>['parts'],
  offset: number,
): Extract<Value, { kind: 'text' }>['parts'] {
  const [part] = parts;
  if (!part || isHole(part) || part.offsets.length !== 1 || offset >= part.value.length) return parts.slice(1);
  return [{ value: part.value.slice(offset), offsets: [[0, part.offsets[0]![1] + offset]] }];
}
