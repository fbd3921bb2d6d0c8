/** How a JSON value differs from another: a new value in a list of one, or the differences of some of its fields. */
export type Patch = [value: unknown] | { [field: string]: Patch };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What makes one JSON value of another; nothing where they are the same. */
export function patchOf(before: unknown, after: unknown): Patch | undefined {
  if (before === after) return undefined;
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) return [after];
  const own = Object.keys(before);
  if (
    own.some((key) => !(key in after)) ||
    (Array.isArray(before) && before.length !== (after as unknown as unknown[]).length)
  )
    return [after];
  const fields: Record<string, Patch> = {};
  let changed = false;
  for (const key of Object.keys(after)) {
    const patch = patchOf(before[key], after[key]);
    if (patch === undefined) continue;
    fields[key] = patch;
    changed = true;
  }
  return changed ? fields : undefined;
}

/** Applies a patch to the value that it was made for, in place where that is an object. */
export function patched(value: unknown, patch: Patch): unknown {
  if (Array.isArray(patch)) return patch[0];
  const object = value as Record<string, unknown>;
  for (const [key, each] of Object.entries(patch)) object[key] = patched(object[key], each);
  return object;
}
