import type { Expr, StmtOf } from '../syntax/nodes.js';
import type { Span } from '../../../ir/index.js';
import type { Scope } from './scope.js';
import type { Value } from './value.js';

/** What the parts of the evaluation ask of the whole. */
export interface Evaluator {
  /** The scope of the module. */
  readonly scope: Scope;
  evaluate(expr: Expr, scope: Scope): Value;
  attribute(value: Value, name: string, at: Span): Value;
  /** The dotted name of what a value refers to, in its canonical spelling. */
  nameOf(value: Value): string | undefined;
  isEnum(node: StmtOf<'ClassDef'>, scope: Scope): boolean;
}
