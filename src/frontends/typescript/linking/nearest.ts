import { shared } from './paths.js';

/** The setting whose file lies nearest to a path: a repository may hold several projects. */
export function nearest<T>(settings: readonly { path: string; value: T }[], path: string): T | undefined {
  let best: { value: T; length: number } | undefined;
  for (const each of settings) {
    const length = shared(each.path, path);
    if (!best || length > best.length) best = { value: each.value, length };
  }
  return best?.value;
}
