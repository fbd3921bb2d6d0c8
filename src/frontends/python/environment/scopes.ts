import type { Frame } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import { blockScope, newScope, type Scope } from '../values/scope.js';
import { unknown } from '../values/value.js';

const scopes = new WeakMap<Frame, Scope>();

/** The names that code inside a function sees, parameters unknown. */
export function scopeOfFrame(frame: Frame | undefined, reading: Reading): Scope {
  const { interpreter } = reading;
  if (frame === undefined) return interpreter.scope;
  let scope = scopes.get(frame);
  if (scope !== undefined) return scope;
  const parent = frame.parent === undefined ? interpreter.scope : scopeOfFrame(frame.parent, reading);
  if (frame.node === undefined) return parent;
  scope = frame.node.kind === 'FunctionDef' ? blockScope(frame.node.body, parent) : newScope(parent);
  for (const { name } of frame.params) scope.values.set(name, unknown(`parameter ${name}`));
  scopes.set(frame, scope);
  return scope;
}
