import picomatch from 'picomatch';

const list = (patterns: string | readonly string[]): readonly string[] =>
  typeof patterns === 'string' ? [patterns] : patterns;

/** One glob as a test; a pattern without a slash looks at the file's name alone, one that ends in a slash at a folder. */
function glob(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^\.?\//, '');
  const whole = plain.endsWith('/') ? `${plain}**` : plain;
  const matches = picomatch(whole, { dot: true, basename: !whole.includes('/') });
  const within = /[*?[\]{}]/.test(whole) ? undefined : `${whole}/`;
  return (path) => matches(path) || (within !== undefined && path.startsWith(within));
}

/** Whether a path matches one of the globs. */
export function pathMatcher(patterns: string | readonly string[]): (path: string) => boolean {
  const tests = list(patterns).map(glob);
  return (path) => tests.some((test) => test(path));
}

/** Like pathMatcher, but the last pattern that matches decides, and one that starts with `!` says no. `undefined`: none matched. */
export function lastMatch(patterns: readonly string[]): (path: string) => boolean | undefined {
  const tests = patterns.map((pattern) => ({
    yes: !pattern.startsWith('!'),
    test: glob(pattern.startsWith('!') ? pattern.slice(1) : pattern),
  }));
  return (path) => tests.findLast(({ test }) => test(path))?.yes;
}
