import type { InternalError } from './finding.js';

export function internalError(error: unknown, at: Pick<InternalError, 'path' | 'rule'>): InternalError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ...at, message, ...(stack !== undefined && { stack }) };
}

/** Runs our own code on a user's file; what it throws becomes an internal error with that file's path. */
export function guarded<T>(path: string, errors: InternalError[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    errors.push(internalError(error, { path }));
    return undefined;
  }
}
