import type { ts } from 'ts-morph';
import type { OwnDeclarations } from '../own-code.js';
import type { TypePromise } from './promises.js';
import type { Origin, Value } from './values.js';

/** What names are bound to while a body is unrolled or inlined, by the identifier that declares them. */
type Bound = ReadonlyMap<ts.Node, Value>;

/** Values of other files, known when files are linked. */
export type Externals = (origin: Origin) => Value | undefined;

/** What types of other files promise, known when files are linked. */
export type ExternalTypes = (origin: Origin) => TypePromise | undefined;

/** A function of another file, and the scope that its body is read in. */
export interface OutsideFunction {
  node: ts.FunctionLikeDeclaration;
  scope: Scope;
}

/** Functions of other files, known when files are linked: exported ones, or those of an exported class or object. */
export type OutsideFunctions = (origin: Origin, member?: string) => OutsideFunction | undefined;

export interface Scope {
  bound: Bound;
  externals: Externals;
  types: ExternalTypes;
  functions: OutsideFunctions;
  /** What the configuration says of the file's imports. */
  own?: OwnDeclarations;
  depth: number;
  /** Steps left for the expression at hand, or for all of a limited scope: constants that name each other twice would double the work at every level. */
  budget: { steps: number };
  /** Steps left for all expressions of the file; when they are gone, each gets but a few. */
  total: { steps: number };
}

/** Steps for one expression, and for all of a file. */
export const maxSteps = 20_000;
const maxStepsInFile = 100_000;

export const newScope = (
  externals: Externals = () => undefined,
  types: ExternalTypes = () => undefined,
  more: Partial<Pick<Scope, 'functions' | 'own'>> = {},
): Scope => ({
  bound: new Map(),
  externals,
  types,
  functions: () => undefined,
  ...more,
  depth: 0,
  budget: { steps: maxSteps },
  total: { steps: maxStepsInFile },
});

export const bind = (scope: Scope, entries: Iterable<readonly [ts.Node, Value]>): Scope => ({
  ...scope,
  bound: new Map([...scope.bound, ...entries]),
});

/** A scope in which all expressions together get no more than so many steps. */
export const limited = (scope: Scope, steps: number): Scope => ({ ...scope, depth: 1, budget: { steps } });
