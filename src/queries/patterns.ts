/** A pattern from the configuration; one that is no regular expression matches nothing. */
export function patternOf(source: string): RegExp | undefined {
  if (source === '') return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
