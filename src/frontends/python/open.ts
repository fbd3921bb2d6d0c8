import type { Comment, Dialect } from '../../ir/index.js';
import type { Reading } from './reading.js';
import type { Expr, Module } from './syntax/nodes.js';
import { Interpreter, type Elsewhere } from './values/interpreter.js';

/** A file's text and what is known about it before it is read. */
export interface Opened {
  path: string;
  source: string;
  dialect: Dialect;
  scope: 'project' | 'test';
}

/** Parses a file. Without `elsewhere` what it imports is known by name only. */
export type Open = (file: Opened, elsewhere?: Elsewhere) => Reading;

/** Makes readings of files by a parser. */
export const opener =
  (parse: (text: string) => Module): Open =>
  ({ path, source, dialect, scope }, elsewhere) => {
    const module = parse(source);
    return {
      path,
      source,
      dialect,
      scope,
      module,
      interpreter: new Interpreter(path, module, elsewhere),
      parseExpression(text, start) {
        const [stmt] = parse(text).body;
        return stmt?.kind === 'ExprStmt' ? shift(stmt.value, start) : undefined;
      },
      docComment: docComments(module.comments, source),
    };
  };

/** Moves every offset of a piece of syntax, in place. */
function shift(expr: Expr, by: number): Expr {
  const offsets = new Set(['start', 'end', 'attrStart', 'open', 'close']);
  const open: object[] = [expr];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (typeof value === 'number' && offsets.has(key)) Object.assign(node, { [key]: value + by });
      else if (key === 'offsets') for (const pair of value as [number, number][]) pair[1] += by;
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return expr;
}

/** The `#:` comment on the lines above a declaration or behind it. */
function docComments(comments: readonly Comment[], source: string): Reading['docComment'] {
  const marked = comments.filter(({ span }) => source.startsWith('#:', span.start));
  if (marked.length === 0) return () => undefined;
  return ({ start, end }) => {
    const lineEnd = source.indexOf('\n', end) < 0 ? source.length : source.indexOf('\n', end);
    const behind = marked.find(({ span, ownLine }) => !ownLine && span.start >= end && span.end <= lineEnd);
    const found =
      behind ??
      marked.find(({ span, ownLine }) => ownLine && /^\s*$/.test(source.slice(span.end, start)) && span.end <= start);
    return found && { value: found.text.replace(/^:\s*/, ''), span: found.span };
  };
}
