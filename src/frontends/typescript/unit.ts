import type { ts } from 'ts-morph';
import type { ReadContext } from '../front-end.js';
import type { Scope } from './values/scope.js';

/** One parsed file, as the recognisers get it. */
export interface Unit {
  path: string;
  text: string;
  source: ts.SourceFile;
  context: ReadContext;
  /** The scope at the top of the file, nothing bound. */
  scope: Scope;
  /** Whether a module specifier stands anywhere in the file: most files need not look for its exports. */
  mentions(module: string): boolean;
  /** In source order. */
  classes: readonly ts.ClassLikeDeclaration[];
  calls: readonly (ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression)[];
}
