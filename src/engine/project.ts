import type { Config } from '../config/config.js';
import { lastMatch, pathMatcher } from '../config/globs.js';
import type { FrontEnd, MigrationFolder, ReadContext, Reader, SourceFile } from '../frontends/front-end.js';
import type { Dialect, FileFacts, FileProblem } from '../ir/index.js';
import { decode } from './decode.js';
import { DialectEvidence } from './dialect.js';
import type { InternalError } from './finding.js';
import { isForeign } from './listing.js';
import { configuredFolders, folderHolding, migrationFolders } from './migration-folders.js';
import { scopeOf } from './scope.js';
import type { Tree } from './tree.js';

/** A file whose facts are known, and the text that they speak of. */
export interface ReadFile {
  source: SourceFile;
  frontEnd: FrontEnd;
  facts: FileFacts;
}

/** All that was read of a project. */
export interface ReadProject {
  /** By path. Files that could not be read are among them, with nothing but their problems. */
  files: ReadFile[];
  skipped: number;
  unreadable: number;
  folders: MigrationFolder[];
  dialect: { dialect: Dialect; why: string } | undefined;
  errors: InternalError[];
}

/** What the configuration says about reading. Globs see the path from the configuration file's folder. */
export interface ReadSettings {
  config: Pick<Config, 'ignore' | 'migrations' | 'models'>;
  dialectFor(path: string): Dialect | undefined;
  /** The path of a file as the configuration's globs see it. */
  fromConfig(path: string): string;
}

const emptyFacts = (path: string, frontEnd: FrontEnd, problems: FileProblem[]): FileFacts => ({
  path,
  frontend: frontEnd.id,
  dialect: 'unknown',
  scope: scopeOf(path),
  tables: [],
  enums: [],
  migrations: [],
  statements: [],
  sites: [],
  usages: [],
  comments: [],
  problems,
});

/** The front end that reads a path, by its extension. */
export function frontEndsByExtension(frontEnds: readonly FrontEnd[]): (path: string) => FrontEnd | undefined {
  const known = new Map(frontEnds.flatMap((each) => each.extensions.map((extension) => [extension, each] as const)));
  return (path) => {
    const dot = path.lastIndexOf('.');
    return dot < 0 ? undefined : known.get(path.slice(dot).toLowerCase());
  };
}

/** A tool's own settings file is small; what is larger is something else under its name. */
const settingsLimit = 4_000_000;

function textReader(tree: Tree): (path: string) => string | undefined {
  return (path) => {
    const content = tree.read(path, settingsLimit);
    if ('failure' in content) return undefined;
    return 'text' in content ? content.text : decode(content.bytes).text;
  };
}

/** A file that passed the prefilter and waits for its parser. */
interface Candidate {
  source: SourceFile;
  frontEnd: FrontEnd;
  problems: FileProblem[];
  context: Omit<ReadContext, 'dialect'>;
}

/** Reads and prefilters every file of the tree, then gives those that matter to their front ends. */
export async function readProject(
  tree: Tree,
  frontEnds: readonly FrontEnd[],
  settings: ReadSettings,
): Promise<ReadProject> {
  const { config, fromConfig } = settings;
  const taken = lastMatch(config.ignore ?? []);
  const kept = tree.paths.filter((path) => {
    const ignored = taken(fromConfig(path));
    return ignored === undefined ? !isForeign(path) : !ignored;
  });
  const readText = textReader(tree);
  const folders = configuredFolders(migrationFolders(kept, readText), config.migrations ?? {}, fromConfig(''));
  const evidence = new DialectEvidence();
  const modelPaths = config.models?.paths;
  const isModel = pathMatcher(modelPaths ?? []);

  const result: ReadProject = { files: [], skipped: 0, unreadable: 0, folders, dialect: undefined, errors: [] };
  const candidates: Candidate[] = [];
  const frontEndOf = frontEndsByExtension(frontEnds);
  evidence.addManifests(kept, readText);
  const declaredContext = (path: string): { declared: boolean; context: Candidate['context'] } => {
    const declared = isModel(fromConfig(path));
    const folder = folderHolding(path, folders);
    return {
      declared,
      context: { scope: declared ? 'project' : scopeOf(path), ...(folder && { migrations: folder }) },
    };
  };
  for (const path of kept) {
    const frontEnd = frontEndOf(path);
    if (frontEnd === undefined) continue;
    const { declared, context } = declaredContext(path);
    const { source, problems } = readSource(tree, path, frontEnd);
    if (source === undefined) {
      result.unreadable++;
      result.files.push({ source: { path, text: '' }, frontEnd, facts: emptyFacts(path, frontEnd, problems) });
      continue;
    }
    const matters = declared || frontEnd.mayMatter(source, { ...context, dialect: 'unknown' });
    if (!matters && problems.length === 0) {
      result.skipped++;
    } else if (source.text.length > frontEnd.maxLength) {
      result.unreadable++;
      const problem = tooLong(source.text.length, frontEnd.maxLength);
      result.files.push({ source, frontEnd, facts: emptyFacts(path, frontEnd, [...problems, problem]) });
    } else {
      candidates.push({ source, frontEnd, problems, context });
      if (context.scope === 'project') evidence.addText(path, source.text);
    }
  }
  result.dialect = evidence.main();
  const dialectFor = (path: string, folder: MigrationFolder | undefined): Dialect =>
    settings.dialectFor(path) ?? folder?.dialect ?? evidence.dialectFor(path);
  const within = new Set(kept);
  const companion = (path: string, frontEnd: FrontEnd): Candidate | undefined => {
    if (!within.has(path) || frontEndOf(path) !== frontEnd) return undefined;
    const { source, problems } = readSource(tree, path, frontEnd);
    if (source === undefined || source.text.length > frontEnd.maxLength) return undefined;
    result.skipped--;
    return { source, frontEnd, problems, context: declaredContext(path).context };
  };
  const read = await readCandidates(candidates, frontEnds, { dialectFor, companion }, result.errors);
  for (const file of read) {
    if (modelPaths !== undefined && !isModel(fromConfig(file.source.path)) && file.facts.tables.length > 0) {
      file.facts = { ...file.facts, tables: [] };
    }
    result.files.push(file);
  }
  result.files.sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
  return result;
}

/** The text of one file, or why there is none. */
function readSource(tree: Tree, path: string, frontEnd: FrontEnd): { source?: SourceFile; problems: FileProblem[] } {
  // UTF-8 takes at most three bytes for a UTF-16 code unit.
  const content = tree.read(path, frontEnd.maxLength * 3 + 3);
  const span = { start: 0, end: 0 };
  if ('failure' in content) {
    const code = content.tooLarge ? 'too-large' : 'unreadable';
    return { problems: [{ code, message: content.failure, span }] };
  }
  if ('text' in content) return { source: { path, text: content.text }, problems: [] };
  const { text, problem } = decode(content.bytes, frontEnd.id);
  return { ...(text !== undefined && { source: { path, text } }), problems: problem ? [problem] : [] };
}

const tooLong = (length: number, limit: number): FileProblem => ({
  code: 'too-large',
  message: `The file has ${length.toLocaleString('en')} characters; files above ${limit.toLocaleString('en')} are not read.`,
  span: { start: 0, end: 0 },
});

/** What reading asks of the project around the files. */
interface Surroundings {
  dialectFor(path: string, folder: MigrationFolder | undefined): Dialect;
  /** A file that the prefilter passed over, if there is one at that path. */
  companion(path: string, frontEnd: FrontEnd): Candidate | undefined;
}

/** A constant may come through this many files, each of which only names the next. */
const companionRounds = 4;

/** Loads the front ends that are needed, reads, and links across files. A front end that throws is our own defect. */
async function readCandidates(
  candidates: readonly Candidate[],
  frontEnds: readonly FrontEnd[],
  { dialectFor, companion }: Surroundings,
  errors: InternalError[],
): Promise<ReadFile[]> {
  const read: ReadFile[] = [];
  for (const frontEnd of frontEnds) {
    const own = candidates.filter((candidate) => candidate.frontEnd === frontEnd);
    if (own.length === 0) continue;
    const reader = await frontEnd.load();
    const sources = new Map<string, SourceFile>();
    const facts: FileFacts[] = [];
    const take = ({ source, problems, context }: Candidate): void => {
      const dialect = dialectFor(source.path, context.migrations);
      sources.set(source.path, source);
      const found = guarded(source.path, errors, () => reader.read(source, { ...context, dialect }));
      if (found) facts.push(problems.length > 0 ? { ...found, problems: [...problems, ...found.problems] } : found);
    };
    own.forEach(take);
    const asked = new Set(sources.keys());
    for (let round = 0; reader.wants && facts.length > 0 && round < companionRounds; round++) {
      const wanted = guarded(facts[0]!.path, errors, () => reader.wants!(facts)) ?? [];
      const before = sources.size;
      for (const path of wanted) {
        if (asked.has(path)) continue;
        asked.add(path);
        const found = companion(path, frontEnd);
        if (found) take(found);
      }
      if (sources.size === before) break;
    }
    for (const linked of link(reader, facts, errors)) {
      read.push({ source: sources.get(linked.path)!, frontEnd, facts: linked });
    }
  }
  return read;
}

function link(reader: Reader, facts: readonly FileFacts[], errors: InternalError[]): readonly FileFacts[] {
  return facts.length === 0 ? [] : (guarded(facts[0]!.path, errors, () => reader.link(facts)) ?? facts);
}

/** Runs our own code on a user's file; what it throws becomes an internal error with that file's path. */
function guarded<T>(path: string, errors: InternalError[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    errors.push(internalError(error, { path }));
    return undefined;
  }
}

export function internalError(error: unknown, at: Pick<InternalError, 'path' | 'rule'>): InternalError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ...at, message, ...(stack !== undefined && { stack }) };
}
