/** The folder of a path; `` for the project's root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** A path inside the project without `.` and `..`; what leads out of the project stops at its root. */
export function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The folders around a path, the nearest first, the project's root last. */
export function foldersAbove(path: string): string[] {
  const folder = folderOf(path);
  const parts = folder === '' ? [] : folder.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).concat('');
}

/** How many leading characters two paths have in common. */
export function shared(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

/**
 * What stands for the star of a pattern such as `@/*`; the empty text where a pattern without a star is met, and nothing
 * where the text does not fit.
 */
function starOf(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length) : undefined;
}

/** The patterns that a text fits with what each star is: one without a star first, then the longest beginning. */
export function fitting<T>(patterns: { [pattern: string]: T }, text: string): { star: string; value: T }[] {
  return Object.entries(patterns)
    .flatMap(([pattern, value]) => {
      const star = starOf(pattern, text);
      return star === undefined
        ? []
        : [{ star, value, length: pattern.includes('*') ? pattern.indexOf('*') : Infinity }];
    })
    .sort((left, right) => right.length - left.length);
}
