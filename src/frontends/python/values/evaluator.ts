import type { Expr, StmtOf } from '../syntax/nodes.js';
import type { Span } from '../../../ir/index.js';
import type { Home, Scope } from './scope.js';
import type { Value } from './value.js';

/** What the parts of the evaluation ask of the whole. */
export interface Evaluator {
  /** The scope of the module. */
  readonly scope: Scope;
  evaluate(expr: Expr, scope: Scope): Value;
  attribute(value: Value, name: string, at: Span): Value;
  /** The dotted name of what a value refers to, in its canonical spelling. */
  nameOf(value: Value): string | undefined;
  /** The items that iterating over a value gives, members of an enum included; undefined where they are not known. */
  iterate(value: Value): Value[] | undefined;
  /** What a dotted name that a module imports stands for. */
  imported(name: string, from: Home): Value;
  isEnum(node: StmtOf<'ClassDef'>, scope: Scope): boolean;
}
