import type { FrontEnd, MigrationFolder, ReadContext, Reader, SourceFile } from '../frontends/front-end.js';
import type { Dialect, FileFacts, FileProblem } from '../ir/index.js';
import type { CachedFile, FactsCache } from './cache/facts-cache.js';
import type { InternalError } from './finding.js';
import { guarded } from './internal-error.js';

/** A file whose facts are known, and the text that they speak of. */
export interface ReadFile {
  source: SourceFile;
  frontEnd: FrontEnd;
  facts: FileFacts;
}

/** A file that passed the prefilter and waits for its parser. */
export interface Candidate {
  source: SourceFile;
  frontEnd: FrontEnd;
  problems: FileProblem[];
  context: Omit<ReadContext, 'dialect'>;
  /** Changes with the context, in one word for the cache. */
  place: string;
  /** Marks of dialects in the text, where they were looked for. */
  marks: number[] | undefined;
}

/** What reading asks of the project around the files. */
export interface Surroundings {
  dialectFor(path: string, folder: MigrationFolder | undefined): Dialect;
  /** A file that the prefilter passed over, if there is one at that path. */
  companion(path: string, frontEnd: FrontEnd): Candidate | undefined;
  /** Facts of earlier runs. */
  cache?: FactsCache | undefined;
}

/** A constant or an import may come through this many files, each of which only names the next. */
const companionRounds = 12;

/** The files of one language, read by its front end or known from before. */
class Language {
  readonly sources = new Map<string, SourceFile>();
  /** Before they are linked. */
  readonly facts: FileFacts[] = [];
  private readonly files: CachedFile[] = [];
  private readonly found = new Map<string, Candidate | undefined>();

  constructor(
    private readonly frontEnd: FrontEnd,
    private readonly around: Surroundings,
    private readonly errors: InternalError[],
  ) {}

  private contextOf({ source, context }: Candidate): ReadContext {
    return { ...context, dialect: this.around.dialectFor(source.path, context.migrations) };
  }

  private companion(path: string): Candidate | undefined {
    if (!this.found.has(path)) this.found.set(path, this.around.companion(path, this.frontEnd));
    return this.found.get(path);
  }

  /** The linked facts of an earlier run in which every file was as it is now. */
  linkedBefore(own: readonly Candidate[]): FileFacts[] | undefined {
    const { cache } = this.around;
    const asked = cache?.companions(this.frontEnd.id);
    if (cache === undefined || asked === undefined) return undefined;
    const named = new Set(own.map(({ source }) => source.path));
    const companions = asked.filter((path) => !named.has(path)).flatMap((path) => this.companion(path) ?? []);
    const all = [...own, ...companions];
    const linked = cache.linked(
      this.frontEnd.id,
      all.map((each) => cache.file(each, this.contextOf(each))),
    );
    if (linked) for (const { source } of all) this.sources.set(source.path, source);
    return linked;
  }

  async read(own: readonly Candidate[]): Promise<readonly FileFacts[]> {
    const { cache } = this.around;
    const failures = this.errors.length;
    const reader = await this.frontEnd.load();
    for (const candidate of own) this.take(candidate, reader);
    const asked = this.takeCompanions(reader).slice(own.length);
    const { facts } = this;
    const linked = facts.length === 0 ? [] : (guarded(facts[0]!.path, this.errors, () => reader.link(facts)) ?? facts);
    if (this.errors.length === failures) {
      cache?.keep(this.frontEnd.id, this.files, { asked, before: facts, after: linked });
    }
    return linked;
  }

  private take(candidate: Candidate, reader: Reader): void {
    const { source, problems } = candidate;
    const { path } = source;
    const context = this.contextOf(candidate);
    const { cache } = this.around;
    const file = cache?.file(candidate, context);
    if (file) this.files.push(file);
    this.sources.set(path, source);
    const known = file && cache!.unlinked(file);
    const found = known ?? guarded(path, this.errors, () => reader.read(source, context));
    if (found === undefined) return;
    const unmerged = known === undefined && problems.length > 0;
    this.facts.push(unmerged ? { ...found, problems: [...problems, ...found.problems] } : found);
  }

  /** Reads what the facts wait for, and what those wait for. Gives all paths that were asked for. */
  private takeCompanions(reader: Reader): string[] {
    const { facts, sources } = this;
    const asked = new Set(sources.keys());
    for (let round = 0; reader.wants && facts.length > 0 && round < companionRounds; round++) {
      const wanted = guarded(facts[0]!.path, this.errors, () => reader.wants!(facts)) ?? [];
      const before = sources.size;
      for (const path of wanted) {
        if (asked.has(path)) continue;
        asked.add(path);
        const found = this.companion(path);
        if (found) this.take(found, reader);
      }
      if (sources.size === before) break;
    }
    return [...asked];
  }
}

/** Reads, with the front ends that are needed, and links across files. A front end that throws is our own defect. */
export async function readCandidates(
  candidates: readonly Candidate[],
  frontEnds: readonly FrontEnd[],
  around: Surroundings,
  errors: InternalError[],
): Promise<ReadFile[]> {
  const read: ReadFile[] = [];
  for (const frontEnd of frontEnds) {
    const own = candidates.filter((candidate) => candidate.frontEnd === frontEnd);
    if (own.length === 0) continue;
    const language = new Language(frontEnd, around, errors);
    const linked = language.linkedBefore(own) ?? (await language.read(own));
    for (const facts of linked) read.push({ source: language.sources.get(facts.path)!, frontEnd, facts });
  }
  return read;
}
