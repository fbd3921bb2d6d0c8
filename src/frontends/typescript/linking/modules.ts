/** Files of the project by path, for resolving the specifiers of imports. */
export class Modules {
  readonly #byStem = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();

  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const stem = path.replace(/\.[mc]?[jt]sx?$/, '');
      this.#byStem.set(stem, path);
      const name = stem.slice(stem.lastIndexOf('/') + 1);
      const list = this.#byName.get(name);
      if (list) list.push(stem);
      else this.#byName.set(name, [stem]);
    }
  }

  /** The file that a specifier names in the file `from`, if it is one of the project. */
  resolve(specifier: string, from: string): string | undefined {
    const stem = specifier.replace(/\.[mc]?[jt]sx?$/, '');
    if (stem.startsWith('.')) return this.#at(normalized(`${folder(from)}/${stem}`));
    const alias = /^(?:[@~]\/|#\/?)/.exec(stem)?.[0] ?? '';
    const rest = stem.slice(alias.length);
    return this.#at(stem.replace(/^\//, '')) ?? (alias || rest.includes('/') ? this.#bySuffix(rest, from) : undefined);
  }

  #at(stem: string): string | undefined {
    return this.#byStem.get(stem) ?? this.#byStem.get(stem === '' ? 'index' : `${stem}/index`);
  }

  /** For path aliases: the one file whose path ends so, the one nearest to the importer where there are several. */
  #bySuffix(stem: string, from: string): string | undefined {
    const name = stem.slice(stem.lastIndexOf('/') + 1);
    const matches = [...(this.#byName.get(name) ?? []), ...(this.#byName.get('index') ?? [])].filter(
      (each) => each.endsWith(`/${stem}`) || each.endsWith(`/${stem}/index`),
    );
    const nearest = matches.sort((left, right) => shared(right, from) - shared(left, from))[0];
    return nearest === undefined ? undefined : this.#byStem.get(nearest);
  }
}

const folder = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** How many leading characters two paths have in common. */
export function shared(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

/**
 * The files that a specifier may name, whether they exist or not, the likeliest first. Where path aliases lead is not
 * known: they are tried in the folders above the importer, and in their `src`.
 */
export function candidatesOf(specifier: string, from: string): string[] {
  const stem = specifier.replace(/\.[mc]?[jt]sx?$/, '');
  const rest = stem.replace(/^(?:[@~]\/|#\/?|\/)/, '');
  const stems = stem.startsWith('.')
    ? [normalized(`${folder(from)}/${stem}`)]
    : foldersAbove(from).flatMap((above) => [normalized(`${above}/src/${rest}`), normalized(`${above}/${rest}`)]);
  return [...new Set(stems)].flatMap((each) => [
    ...extensions.map((extension) => each + extension),
    ...extensions.map((extension) => normalized(`${each}/index${extension}`)),
  ]);
}

/** The nearest first, the project's root last. */
function foldersAbove(path: string): string[] {
  const parts = folder(path).split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).concat('');
}
