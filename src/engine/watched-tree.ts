import { join } from 'node:path';
import { decode } from './decode.js';
import { gitListing, walkedListing } from './listing.js';
import type { Git } from './git.js';
import { stampOf } from './stamp.js';
import { readDisk, type Content, type Tree } from './tree.js';

/** What was read of a file, and what the disk said of the file then. */
interface Kept {
  stamp: string;
  content: Content;
  maxBytes: number;
}

/** A project on disk that is looked at again and again: a file is read anew only when the disk says that it changed. */
export class WatchedTree implements Tree {
  paths: readonly string[] = [];
  private readonly kept = new Map<string, Kept>();

  /** @param languageOf what a file's encoding may be declared in */
  constructor(
    private readonly root: string,
    private readonly git: Git | undefined,
    private readonly languageOf: (path: string) => string | undefined,
  ) {}

  /** Lists the files and looks at those that were read. Returns whether anything is new, changed or gone. */
  refresh(): boolean {
    const paths = ((this.git && gitListing(this.git)) ?? walkedListing(this.root)).sort();
    let changed = paths.length !== this.paths.length || paths.some((path, index) => path !== this.paths[index]);
    this.paths = paths;
    for (const [path, { stamp }] of this.kept) {
      if (stampOf(join(this.root, path)) === stamp) continue;
      this.kept.delete(path);
      changed = true;
    }
    return changed;
  }

  read(path: string, maxBytes: number): Content {
    const known = this.kept.get(path);
    if (known && !('tooLarge' in known.content && known.maxBytes < maxBytes)) return known.content;
    const absolute = join(this.root, path);
    // Before reading: a change between the two shows at the next look.
    const stamp = stampOf(absolute);
    const content = readDisk(absolute, maxBytes);
    const decoded = 'bytes' in content ? decode(content.bytes, this.languageOf(path)) : {};
    // Text without a problem is kept as such: the same string is handed out, and no one decodes it again.
    const kept = decoded.text !== undefined && !decoded.problem ? { text: decoded.text } : content;
    this.kept.set(path, { stamp, content: kept, maxBytes });
    return kept;
  }
}

/** A project with the text of one file as an editor has it. */
export function overlaid(tree: Tree, path: string, text: string): Tree {
  const paths = tree.paths.includes(path) ? tree.paths : [...tree.paths, path].sort();
  return {
    paths,
    read: (each, maxBytes) => (each === path ? { bytes: Buffer.from(text) } : tree.read(each, maxBytes)),
  };
}
