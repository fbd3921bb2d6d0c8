import { folderOf, join, type ReadText } from './project-folders.js';

/** Ranges of versions by the names of packages, as a package.json says them. */
export interface PackageRanges {
  [name: string]: string;
}

/** What the nearest package.json upwards from a file says of packages. Each is read once. */
export class NearestPackages {
  private readonly manifests = new Map<string, PackageRanges>();
  private readonly paths: ReadonlySet<string>;

  constructor(
    paths: Iterable<string>,
    private readonly read: ReadText,
  ) {
    this.paths = new Set(paths);
  }

  /** Those of some packages, by the nearest one that names any of them; undefined where none does. */
  rangesFor(path: string, names: readonly string[]): PackageRanges | undefined {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const known = this.manifestIn(folder);
      const found = names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]] as const]));
      if (found.length > 0) return Object.fromEntries(found);
      if (folder === '') return undefined;
    }
  }

  private manifestIn(folder: string): PackageRanges {
    let known = this.manifests.get(folder);
    if (known === undefined) {
      const path = join(folder, 'package.json');
      known = this.paths.has(path) ? rangesIn(this.read(path) ?? '') : {};
      this.manifests.set(folder, known);
    }
    return known;
  }
}

function rangesIn(text: string): PackageRanges {
  try {
    const manifest = JSON.parse(text) as { [key: string]: unknown };
    const blocks = ['peerDependencies', 'devDependencies', 'dependencies'].map((key) => manifest[key]);
    const entries = blocks.flatMap((block) => Object.entries((block as PackageRanges | null | undefined) ?? {}));
    return Object.fromEntries(entries.filter(([, range]) => typeof range === 'string'));
  } catch {
    return {};
  }
}
