import { statSync, type Stats } from 'node:fs';

const written = ({ mtimeMs, ctimeMs, size, ino }: Stats): string => `${mtimeMs} ${ctimeMs} ${size} ${ino}`;

/** Changes with the file as far as the disk tells: no content is read for it. */
export function stampOf(path: string): string {
  try {
    return written(statSync(path));
  } catch {
    return '';
  }
}

/** Some file systems count time in steps of two seconds. */
const coarsestClock = 2000;

/**
 * A stamp that the file can't keep when it changes from now on; nothing for a file that was touched so shortly before
 * that a further change might bear the same time.
 */
export function settledStamp(path: string, now: number): string | undefined {
  try {
    const stats = statSync(path);
    return Math.max(stats.mtimeMs, stats.ctimeMs) + coarsestClock < now ? written(stats) : undefined;
  } catch {
    return undefined;
  }
}
