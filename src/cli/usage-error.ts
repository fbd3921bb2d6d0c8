/** A mistake of the caller: shown as its message alone, and ends the run with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
