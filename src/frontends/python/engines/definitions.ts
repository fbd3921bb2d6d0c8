import { reaching, type At, type Frame } from '../injection/frames.js';
import type { Expr } from '../syntax/nodes.js';
import { isName, nodesIn } from './walk.js';

/** A value that a name may have, and the place where it gets it. */
interface Definition {
  value: Expr;
  at: At;
}

/** The frame that binds a name, from a place. */
export function ownerOf(name: string, from: Frame): Frame | undefined {
  for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent)
    if (frame.locals.has(name) || frame.params.some((param) => param.name === name)) return frame;
  return undefined;
}

/**
 * The values that a name may have at a place, oldest first; undefined where one is not known. A name that is changed by
 * means of itself (`url = url.replace(…)`) has what it had before.
 */
export function definitionsOf(name: string, at: At): Definition[] | undefined {
  const frame = ownerOf(name, at.frame);
  if (frame === undefined || frame.params.some((param) => param.name === name)) return undefined;
  const place: At = frame === at.frame ? at : { frame, path: [], offset: Number.MAX_SAFE_INTEGER };
  const all = frame.locals.get(name) ?? [];
  // What is assigned by means of itself hides nothing that came before.
  const isOwn = (value: Expr | undefined): boolean =>
    value !== undefined && [...nodesIn([value])].some(({ node }) => isName(node as Expr, name));
  const locals = all.some(({ value }) => isOwn(value))
    ? all.filter((local) => local.start < place.offset && !isOwn(local.value))
    : reaching(name, place);
  const found: Definition[] = [];
  for (const { how, value, part, path, start } of locals) {
    if (how !== 'assign' || value === undefined || part !== undefined) return undefined;
    found.push({ value, at: { frame, path, offset: start } });
  }
  return found;
}
