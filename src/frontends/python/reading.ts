import type { Dialect, Span } from '../../ir/index.js';
import type { Expr, Module } from './syntax/nodes.js';
import type { Interpreter } from './values/interpreter.js';

/** One file while it is read: what every recogniser works with. */
export interface Reading {
  path: string;
  source: string;
  dialect: Dialect;
  scope: 'project' | 'test';
  module: Module;
  interpreter: Interpreter;
  /** Parses text that stands inside the file, such as a quoted annotation. */
  parseExpression(text: string, start: number): Expr | undefined;
  /** The comment lines directly above an offset or behind it on its line that start with `#:`. */
  docComment(at: Span): { value: string; span: Span } | undefined;
}
