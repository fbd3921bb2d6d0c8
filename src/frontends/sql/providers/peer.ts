import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Where `sqlite3-parser` is installed: beside ddlint, or in the project that ddlint runs in. Nothing where it is not;
 * it is an optional peer.
 */
export function grammarPath(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from).resolve('sqlite3-parser');
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}

/** Which of the optional grammars are installed: changes when one comes, goes or is replaced. */
export function installedGrammars(): string {
  const path = grammarPath();
  const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${path!} ${String(stat.mtimeMs)}`;
}
