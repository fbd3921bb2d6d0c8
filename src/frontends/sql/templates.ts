/** A template expression longer than this is no template expression. */
const LIMIT = 2000;

/** A quoted name longer than this is not searched for templates. */
const NAME_LIMIT = 200;

/** Finds the parts of a text that a program fills in before the server gets it. */
export class Templates {
  /** The first closing brace behind the last place asked about, for a long text without any is searched once. */
  private nextBrace = -1;

  constructor(private readonly text: string) {}

  /** End of `${…}`, `{{…}}`, `{%…%}`, `{name}` or `{$NAME}` that starts here, or -1. */
  endAt(start: number): number {
    const { text } = this;
    const limit = Math.min(text.length, start + LIMIT);
    if (this.nextBrace < start) {
      const next = text.indexOf('}', start);
      this.nextBrace = next < 0 ? Infinity : next;
    }
    if (this.nextBrace >= limit) return -1;
    if (text[start] === '$') return this.balanced(start + 1, limit);
    const name = /^\{\$?\w{0,60}\}/.exec(text.slice(start, start + 64));
    if (name) return start + name[0].length;
    const close = text[start + 1] === '{' ? '}}' : text[start + 1] === '%' ? '%}' : undefined;
    if (close === undefined) return -1;
    const end = text.slice(start, limit).indexOf(close);
    return end < 0 ? -1 : start + end + 2;
  }

  private balanced(start: number, limit: number): number {
    let depth = 0;
    for (let at = start; at < limit; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 123) depth++;
      else if (code === 125 && --depth === 0) return at + 1;
      else if (code === 10) return -1;
    }
    return -1;
  }
}

const quoting = /\{\{-?[ \t]*[\w.$][^{}\n]*\}\}/y;

/** Where a quoted name goes on behind a brace: behind the whole of `{{ index .Options "Schema" }}`, whose quotes are its own. */
export function endOfTemplate(text: string, brace: number): number {
  quoting.lastIndex = brace;
  return quoting.test(text) ? quoting.lastIndex : brace + 1;
}

const inNames = /\$\{[\w.:-]+\}|\{\{[^{}]*\}\}|\$\(\w+\)/g;

/** The ranges of a quoted name that are templates: `"${schema}"`, `"{{ name }}"`, and `[$(Database)]` of sqlcmd. */
export function templatesIn(name: string): [number, number][] {
  if (name.length > NAME_LIMIT) return [];
  return [...name.matchAll(inNames)].map(({ 0: found, index }) => [index, index + found.length]);
}
