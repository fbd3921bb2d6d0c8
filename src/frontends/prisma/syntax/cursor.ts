import { stringValue, type Token } from './tokens.js';
import type { Argument, Arguments, Attribute, FieldType, Value } from './tree.js';

/** Lists in lists in lists … hold no schema. */
const depthLimit = 20;

/** Stands where nothing more is to be read. */
const nothing: Token = { kind: 'newline', text: '', start: 0, end: 0 };

/** A place in a schema's tokens, and what can be read from there within one line. */
export class Cursor {
  protected at = 0;

  constructor(
    protected readonly text: string,
    protected readonly tokens: readonly Token[],
  ) {}

  protected get token(): Token {
    return this.tokens[this.at] ?? nothing;
  }

  protected get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** The end of the token before this one. */
  protected get behind(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  protected is(sign: string): boolean {
    return this.token.text === sign && this.token.kind === 'sign';
  }

  protected take(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.at++;
    return true;
  }

  /** `String`, `Post[]`, `Role?`, `Unsupported("circle")?`, and `[Post]` of old. */
  protected type(): FieldType | undefined {
    const { start } = this.token;
    const bracket = this.take('[');
    const name = this.token;
    if (name.kind !== 'word') return undefined;
    this.at++;
    const type: FieldType = { name: name.text, list: bracket, optional: false, span: { start, end: this.behind } };
    if (name.text === 'Unsupported' && this.take('(')) {
      if (this.token.kind !== 'string') return undefined;
      type.unsupported = stringValue(this.token);
      this.at++;
      if (!this.take(')')) return undefined;
    }
    if (bracket && !this.take(']')) return undefined;
    if (this.take('[')) {
      type.list = true;
      if (!this.take(']')) return undefined;
    }
    if (this.take('?')) type.optional = true;
    else this.take('!');
    type.span.end = this.behind;
    return type;
  }

  /** `@id`, `@@index([email])`. */
  protected attribute(): Attribute | undefined {
    const { start } = this.token;
    this.at++;
    const name = this.path();
    if (name === undefined) return undefined;
    const args = this.is('(') ? this.arguments(0) : undefined;
    if (args === false) return undefined;
    return { name, ...(args && { args }), span: { start, end: this.behind } };
  }

  protected value(depth = 0): Value | undefined {
    const { kind, start, end, text } = this.token;
    if (depth > depthLimit) return undefined;
    if (kind === 'string' || kind === 'number') {
      this.at++;
      const span = { start, end };
      return kind === 'string' ? { kind: 'text', value: stringValue({ text }), span } : { kind, value: text, span };
    }
    if (this.is('[')) return this.list(depth);
    if (this.is('{')) return this.object();
    const name = this.path();
    const args = name !== undefined && this.is('(') ? this.arguments(depth + 1) : undefined;
    if (name === undefined || args === false) return undefined;
    return { kind: 'name', value: name, ...(args && { args }), span: { start, end: this.behind } };
  }

  private path(): string | undefined {
    if (this.token.kind !== 'word') return undefined;
    let name = this.token.text;
    this.at++;
    while (this.is('.') && this.tokens[this.at + 1]?.kind === 'word') {
      name += `.${this.tokens[this.at + 1]!.text}`;
      this.at += 2;
    }
    return name;
  }

  private arguments(depth: number): Arguments | false {
    this.at++;
    const args: Arguments = { entries: [], open: this.behind, close: 0 };
    while (!this.is(')')) {
      const { start } = this.token;
      const key = this.token.kind === 'word' && this.tokens[this.at + 1]?.text === ':' ? this.token.text : undefined;
      if (key !== undefined) this.at += 2;
      const value = this.value(depth);
      if (value === undefined) return false;
      const entry: Argument = { ...(key !== undefined && { key }), value, span: { start, end: this.behind } };
      args.entries.push(entry);
      if (!this.take(',') && !this.is(')')) return false;
    }
    args.close = this.token.start;
    this.at++;
    return args;
  }

  private list(depth: number): Value | undefined {
    const { start } = this.token;
    this.at++;
    const items: Value[] = [];
    while (!this.take(']')) {
      const item = this.value(depth + 1);
      if (item === undefined || (!this.take(',') && !this.is(']'))) return undefined;
      items.push(item);
    }
    return { kind: 'list', items, span: { start, end: this.behind } };
  }

  /** `{ deleted: false }`, the condition of a partial index: kept as text. */
  private object(): Value | undefined {
    const { start } = this.token;
    let depth = 0;
    for (; !this.done && this.token.kind !== 'newline'; this.at++) {
      if (this.is('{')) depth++;
      else if (this.is('}') && --depth === 0) {
        this.at++;
        return { kind: 'object', text: this.text.slice(start, this.behind), span: { start, end: this.behind } };
      }
    }
    return undefined;
  }
}
