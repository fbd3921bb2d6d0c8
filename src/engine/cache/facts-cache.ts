import type { ReadContext, SourceFile } from '../../frontends/front-end.js';
import type { FileFacts, FileProblem, FrontEndId } from '../../ir/index.js';
import { newHash } from './hash.js';
import { emptyPack, readPack, writePack, type Pack, type PackedFile } from './pack.js';
import { patched, patchOf, type Patch } from './patch.js';

/** Where facts are kept, and for whom. */
export interface CachePlace {
  file: string;
  /** Project, version and build: facts of others are none. */
  owner: string;
}

/** A text as it was read: decoded, with what was wrong with it. */
interface Text {
  source: SourceFile;
  problems: readonly FileProblem[];
}

type FileKey = Omit<PackedFile, 'linked' | 'unlinked' | 'verdicts'>;

/** A file as it is now, with what is known of it where it was the same before. */
export interface CachedFile {
  key: FileKey;
  known?: PackedFile;
}

const isSame = (a: FileKey, b: FileKey): boolean =>
  a.content === b.content && a.place === b.place && a.dialect === b.dialect;

/** Tells whether the same files are linked again, in the same order. */
function digestOf(files: readonly CachedFile[]): string {
  const hash = newHash();
  for (const { key } of files) hash.update(`${key.path}\0${key.content}\0${key.place}\0${key.dialect}\n`);
  return hash.digest('base64');
}

/** What linking replaced, and what only linking reads: laid over linked facts, it gives back the unlinked ones. */
function difference(before: FileFacts, after: FileFacts): Partial<FileFacts> {
  const keys = (Object.keys(before) as (keyof FileFacts)[]).filter(
    (key) => key === 'symbols' || before[key] !== after[key],
  );
  return Object.fromEntries(keys.map((key) => [key, before[key]]));
}

/** Facts of earlier runs over one project. Unchanged files are not read again, and an unchanged language is not linked again. */
export class FactsCache {
  private readonly before: Pack;
  private readonly after = emptyPack();
  private readonly contents = new WeakMap<SourceFile, string>();
  private changed = false;

  constructor(private readonly place: CachePlace) {
    this.before = readPack(place.file, place.owner);
  }

  /**
   * Whether a file is known to hold nothing of the data layer.
   * @param stamp of the file as it is now; nothing is known of a file without one
   */
  skips(path: string, stamp: string | undefined, place: string): boolean {
    const known = this.before.skipped.get(path);
    if (known === undefined || known[0] !== stamp || known[1] !== place) return false;
    this.after.skipped.set(path, known);
    return true;
  }

  skip(path: string, stamp: string | undefined, place: string): void {
    if (stamp === undefined) return;
    this.after.skipped.set(path, [stamp, place]);
    this.changed = true;
  }

  private contentOf({ source, problems }: Text): string {
    let content = this.contents.get(source);
    if (content === undefined) {
      const hash = newHash().update(source.text);
      if (problems.length > 0) hash.update(`\0${JSON.stringify(problems)}`);
      this.contents.set(source, (content = hash.digest('base64')));
    }
    return content;
  }

  /** Marks of dialects in a text that was read before; nothing of one that was not. */
  marks(text: Text): number[] | undefined {
    const known = this.before.files.get(text.source.path);
    return known?.content === this.contentOf(text) ? known.marks : undefined;
  }

  file(text: Text & Pick<PackedFile, 'place' | 'marks'>, { dialect }: ReadContext): CachedFile {
    const { path } = text.source;
    const key: FileKey = { path, content: this.contentOf(text), place: text.place, dialect, marks: text.marks };
    const known = this.before.files.get(path);
    return { key, ...(known && isSame(known, key) && { known }) };
  }

  /** Facts before linking, of a file that is as it was. */
  unlinked({ known }: CachedFile): FileFacts | undefined {
    if (known === undefined) return undefined;
    return { ...(JSON.parse(known.linked) as FileFacts), ...(JSON.parse(known.unlinked) as Partial<FileFacts>) };
  }

  /** The paths that the facts of a front end waited for; nothing where it was never linked. */
  companions(frontEnd: FrontEndId): readonly string[] | undefined {
    return this.before.links[frontEnd]?.asked;
  }

  /** Linked facts, if all files are as they were. */
  linked(frontEnd: FrontEndId, files: readonly CachedFile[]): FileFacts[] | undefined {
    const link = this.before.links[frontEnd];
    const known = files.flatMap((file) => file.known ?? []);
    if (link === undefined || known.length < files.length || link.digest !== digestOf(files)) return undefined;
    this.after.links[frontEnd] = link;
    for (const each of known) this.after.files.set(each.path, each);
    return known.map(({ linked }) => JSON.parse(linked) as FileFacts);
  }

  /** Keeps what reading and linking gave. The statements must not have been verified yet. */
  keep(
    frontEnd: FrontEndId,
    files: readonly CachedFile[],
    { asked, before, after }: { asked: string[]; before: readonly FileFacts[]; after: readonly FileFacts[] },
  ): void {
    const linkedAt = new Map(after.map((facts) => [facts.path, facts]));
    for (const [index, { key, known }] of files.entries()) {
      const facts = before[index]!;
      const complete = linkedAt.get(facts.path)!;
      const linked = JSON.stringify({ ...complete, symbols: undefined });
      const unlinked = JSON.stringify(difference(facts, complete));
      const verdicts = known?.linked === linked ? known.verdicts : '';
      this.after.files.set(key.path, { ...key, linked, unlinked, verdicts });
    }
    this.after.links[frontEnd] = { digest: digestOf(files), asked };
    this.changed = true;
  }

  /** Writes into facts what the grammars said of their statements before. Returns whether that is known. */
  restoreVerdicts(facts: FileFacts): boolean {
    const verdicts = this.after.files.get(facts.path)?.verdicts ?? '';
    if (verdicts === '') return false;
    patched(facts, JSON.parse(verdicts) as Patch);
    return true;
  }

  /** Keeps what the grammars wrote into the facts of a file, whatever it is. */
  keepVerdicts(facts: FileFacts): void {
    const file = this.after.files.get(facts.path);
    if (file === undefined) return;
    file.verdicts = JSON.stringify(patchOf(JSON.parse(file.linked), { ...facts, symbols: undefined }) ?? {});
    this.changed = true;
  }

  /** Writes what changed, once a run is over. */
  save(): void {
    if (this.changed) writePack(this.place.file, this.place.owner, this.after);
  }
}
