import { decode } from '../../engine/decode.js';
import { scopeOf } from '../../engine/scope.js';
import { frontEndsByPath } from '../../frontends/by-path.js';
import type { FrontEnd, MigrationFolder, Reader } from '../../frontends/front-end.js';
import { frontEnds } from '../../frontends/registry.js';
import type { Dialect, FileFacts } from '../../ir/index.js';

/** A file of a history with what it holds. */
export interface ReadMigration {
  text: string;
  facts: FileFacts;
}

/** The front end that reads a file of this name. */
export const frontEndOf = frontEndsByPath(frontEnds);

/** Reads single files of migration folders. Parsers are loaded when the first file needs one. */
export class MigrationReading {
  private readonly readers = new Map<FrontEnd, Promise<Reader>>();

  /** @returns nothing where no front end reads such a file, or its bytes are no text */
  async read(path: string, bytes: Uint8Array | undefined, folder: MigrationFolder): Promise<ReadMigration | undefined> {
    const frontEnd = frontEndOf(path);
    const text = bytes && decode(bytes, frontEnd?.id).text;
    if (frontEnd === undefined || text === undefined || text.length > frontEnd.maxLength) return undefined;
    let reader = this.readers.get(frontEnd);
    if (reader === undefined) this.readers.set(frontEnd, (reader = frontEnd.load()));
    const dialect: Dialect = folder.dialect ?? 'unknown';
    const context = { dialect, scope: scopeOf(path), migrations: folder };
    return { text, facts: (await reader).read({ path, text }, context) };
  }
}
