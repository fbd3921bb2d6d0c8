import { ts } from 'ts-morph';
import { exportedFunction, exportsOf, propertyFunction } from '../exported-functions.js';
import type { LinkedFile } from '../library.js';
import { methodIn } from '../methods.js';
import { parse } from '../parse.js';
import { bare } from '../syntax.js';
import { topLevel } from '../values/bindings.js';
import { newScope, type OutsideFunction, type OutsideFunctions, type Scope } from '../values/scope.js';
import type { Lookup } from './lookup.js';

/** What the code of a file may call of other files. */
export type FunctionsFrom = (path: string) => OutsideFunctions;

/** Finds functions of other files by their syntax. Each file is parsed once, and only when one of its functions is called. */
export function outsideFunctions(
  files: readonly Pick<LinkedFile, 'path' | 'symbols'>[],
  lookup: Pick<Lookup, 'placeOf' | 'valueOf' | 'promiseOf'>,
): FunctionsFrom {
  const texts = new Map(files.flatMap(({ path, symbols: { helpers } }) => (helpers ? [[path, helpers.text]] : [])));
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const sourceOf = (path: string): ts.SourceFile | undefined => {
    const text = texts.get(path);
    if (!parsed.has(path)) parsed.set(path, text === undefined ? undefined : parse(path, text).source);
    return parsed.get(path);
  };
  const scopes = new Map<string, Scope>();
  const scopeOf = (path: string): Scope => {
    const known = scopes.get(path);
    if (known) return known;
    const scope = newScope(
      (origin) => lookup.valueOf(origin, path, true),
      (origin) => lookup.promiseOf(origin, path),
      { functions: from(path) },
    );
    scopes.set(path, scope);
    return scope;
  };
  const from: FunctionsFrom = (path) => (origin, member) => {
    const place = lookup.placeOf(origin, path);
    const source = place && sourceOf(place.path);
    if (!source) return undefined;
    return declared(source, place.name, member, scopeOf(place.path));
  };
  return from;
}

/** A function of a file by its name there, or the member of an object or a class. */
function declared(
  source: ts.SourceFile,
  name: string,
  member: string | undefined,
  scope: Scope,
): OutsideFunction | undefined {
  const declaration = topLevel(source).get(name);
  if (declaration?.kind === 'class')
    return member === undefined ? undefined : methodIn(declaration.node, member, scope);
  if (declaration?.kind === 'function') return member === undefined ? { node: declaration.node, scope } : undefined;
  const exported = exportsOf(source);
  const value =
    declaration?.kind === 'variable' && declaration.path.length === 0
      ? declaration.node.initializer
      : exported.get(name);
  if (!value) return undefined;
  if (member === undefined) {
    const node = exportedFunction(value);
    return node && { node, scope };
  }
  const inner = ts.isExpression(value) ? bare(value) : undefined;
  if (inner && ts.isClassExpression(inner)) return methodIn(inner, member, scope);
  const node = inner && ts.isObjectLiteralExpression(inner) ? propertyFunction(inner, member) : undefined;
  return node && { node, scope };
}
