import type { Comment, Span } from '../../ir/index.js';
import { commentAt } from './comments.js';

/** A value of a TOML file, as far as settings are asked for. Dates, numbers and switches are `other`. */
export type TomlValue = Span &
  (
    | { kind: 'text'; value: string }
    | { kind: 'list'; items: TomlValue[] }
    | { kind: 'table'; entries: TomlEntry[] }
    | { kind: 'other' }
  );

/** `key = value`, with the path of the table that it stands in. */
export interface TomlEntry {
  path: string[];
  keySpan: Span;
  value: TomlValue;
}

const escapes: { [letter: string]: string } = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b' };
const unescaped = (text: string): string =>
  text
    .replace(/\\[ \t]*\r?\n\s*/g, '')
    .replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short?: string, long?: string, letter = '') => {
      const code = short ?? long;
      if (code === undefined) return escapes[letter as string] ?? (letter as string);
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    });

/** Deeper lists and tables are passed over. */
const deepest = 20;

/**
 * Reads TOML line by line with the places of keys and values. It never fails: a line that is none, such as one of a
 * template, is passed over.
 */
class TomlReader {
  readonly entries: TomlEntry[] = [];
  readonly comments: Comment[] = [];
  private at = 0;
  private table: string[] = [];

  constructor(private readonly text: string) {}

  read(): void {
    while (this.at < this.text.length) {
      this.blank();
      const header = this.take(/\[\[?/y);
      if (header !== undefined) {
        this.table = this.key() ?? [];
      } else {
        const entry = this.entry(this.table, 0);
        if (entry) this.entries.push(entry);
      }
      this.take(/[^\r\n#]*/y);
      this.comment();
      this.take(/[^\r\n]*(?:\r\n|\r|\n)?/y);
    }
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** White space, line ends and comments. */
  private blank(): void {
    do this.take(/\s*/y);
    while (this.comment());
  }

  private comment(): boolean {
    const start = this.at;
    if (this.take(/#[^\r\n]*/y) === undefined) return false;
    this.comments.push(commentAt(this.text, { start, end: this.at }));
    return true;
  }

  /** A key, dotted or quoted. */
  private key(): string[] | undefined {
    const parts: string[] = [];
    do {
      this.take(/[ \t]*/y);
      const quoted = this.take(/"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'/y);
      const bare = quoted ?? this.take(/[A-Za-z0-9_-]+/y);
      if (bare === undefined) return undefined;
      parts.push(quoted === undefined ? bare : unescaped(quoted.slice(1, -1)));
      this.take(/[ \t]*/y);
    } while (this.take(/\./y) !== undefined);
    return parts;
  }

  private entry(table: readonly string[], depth: number): TomlEntry | undefined {
    const start = this.at;
    const key = this.key();
    const end = start + this.text.slice(start, this.at).trimEnd().length;
    if (key === undefined || this.take(/[ \t]*=[ \t]*/y) === undefined) return undefined;
    return { path: [...table, ...key], keySpan: { start, end }, value: this.value(depth) };
  }

  private value(depth: number): TomlValue {
    const start = this.at;
    const text = this.take(/"""[\s\S]*?"{3,5}|'''[\s\S]*?'{3,5}/y) ?? this.take(/"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'/y);
    if (text !== undefined) {
      const long = text.length >= 6 && /^(?:"""|''')/.test(text);
      const inner = text.slice(long ? 3 : 1, long ? -3 : -1).replace(long ? /^\r?\n/ : /^(?!)/, '');
      return { kind: 'text', value: text.startsWith('"') ? unescaped(inner) : inner, start, end: this.at };
    }
    if (depth < deepest && this.take(/\[/y) !== undefined) return this.list(start, depth);
    if (depth < deepest && this.take(/\{/y) !== undefined) return this.inlineTable(start, depth);
    this.take(/[^,\]}\r\n#]*/y);
    return { kind: 'other', start, end: this.at };
  }

  private list(start: number, depth: number): TomlValue {
    const items: TomlValue[] = [];
    for (this.blank(); this.at < this.text.length; this.blank()) {
      if (this.take(/\]/y) !== undefined) break;
      if (this.take(/,/y) !== undefined) continue;
      const before = this.at;
      items.push(this.value(depth + 1));
      // What begins no value ends the list: the file is broken here.
      if (this.at === before) break;
    }
    return { kind: 'list', items, start, end: this.at };
  }

  private inlineTable(start: number, depth: number): TomlValue {
    const entries: TomlEntry[] = [];
    for (this.blank(); this.at < this.text.length; this.blank()) {
      if (this.take(/\}/y) !== undefined) break;
      if (this.take(/,/y) !== undefined) continue;
      const entry = this.entry([], depth + 1);
      if (entry === undefined) break;
      entries.push(entry);
    }
    return { kind: 'table', entries, start, end: this.at };
  }
}

/** All `key = value` of a TOML file, and its comments. */
export function readToml(text: string): { entries: TomlEntry[]; comments: Comment[] } {
  const reader = new TomlReader(text);
  reader.read();
  return reader;
}
