import { posix } from 'node:path';
import type { Config } from '../config/config.js';
import { lastMatch, pathMatcher } from '../config/globs.js';
import { frontEndsByPath } from '../frontends/by-path.js';
import { emptyFacts } from '../frontends/empty-facts.js';
import type { FrontEnd, MigrationFolder, OwnCode, SourceFile } from '../frontends/front-end.js';
import type { Dialect, FileFacts, FileProblem } from '../ir/index.js';
import type { FactsCache } from './cache/facts-cache.js';
import { decode } from './decode.js';
import { DialectEvidence } from './dialect.js';
import { marksOf } from './dialect-signs.js';
import type { InternalError } from './finding.js';
import { isForeign } from './listing.js';
import { configuredFolders, folderHolding, migrationFolders } from './migration-folders.js';
import { NearestPackages } from './nearest-packages.js';
import { readCandidates, type Candidate, type ReadFile } from './reading.js';
import { scopeOf } from './scope.js';
import type { Tree } from './tree.js';

/** All that was read of a project. */
export interface ReadProject {
  /** By path. Files that could not be read are among them, with nothing but their problems. */
  files: ReadFile[];
  skipped: number;
  unreadable: number;
  folders: MigrationFolder[];
  dialect: { dialect: Dialect; why: string } | undefined;
  /** Where there is none: those that as much speaks for as for the others. */
  tied: readonly Dialect[];
  errors: InternalError[];
}

/** What the configuration says about reading. Globs see the path from the configuration file's folder. */
export interface ReadSettings {
  config: Pick<Config, 'ignore' | 'migrations' | 'models' | 'typescript'>;
  dialectFor(path: string): Dialect | undefined;
  /** The path of a file as the configuration's globs see it. */
  fromConfig(path: string): string;
}

const unread = (path: string, frontEnd: FrontEnd, problems: FileProblem[]): FileFacts => ({
  ...emptyFacts({ path, frontend: frontEnd.id, dialect: 'unknown', scope: scopeOf(path) }),
  problems,
});

/** A tool's own settings file is small; what is larger is something else under its name. */
const settingsLimit = 4_000_000;

function textReader(tree: Tree): (path: string) => string | undefined {
  return (path) => {
    const content = tree.read(path, settingsLimit);
    if ('failure' in content) return undefined;
    return 'text' in content ? content.text : decode(content.bytes).text;
  };
}

/**
 * Reads and prefilters every file of the tree, then gives those that matter to their front ends.
 * @param cache what earlier runs know; it learns what this one finds
 */
export async function readProject(
  tree: Tree,
  frontEnds: readonly FrontEnd[],
  settings: ReadSettings,
  cache?: FactsCache,
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

  const result: ReadProject = {
    files: [],
    skipped: 0,
    unreadable: 0,
    folders,
    dialect: undefined,
    tied: [],
    errors: [],
  };
  const candidates: Candidate[] = [];
  const frontEndOf = frontEndsByPath(frontEnds);
  evidence.addManifests(kept, readText);
  const ownCode = config.typescript && placedOwnCode(config.typescript, fromConfig(''));
  const nearest = new NearestPackages(kept, readText);
  const placed = (path: string): Pick<Candidate, 'context' | 'place'> & { declared: boolean } => {
    const declared = isModel(fromConfig(path));
    const folder = folderHolding(path, folders);
    const asked = frontEndOf(path)?.packages;
    const packages = asked && nearest.rangesFor(path, asked);
    const context: Candidate['context'] = {
      scope: declared ? 'project' : scopeOf(path),
      ...(folder && { migrations: folder }),
      ...(ownCode && frontEndOf(path)?.id === 'typescript' && { ownCode }),
      ...(packages && { packages }),
    };
    return { declared, context, place: cache ? JSON.stringify([declared, context]) : '' };
  };
  for (const path of kept) {
    const frontEnd = frontEndOf(path);
    if (frontEnd === undefined) continue;
    const { declared, context, place } = placed(path);
    // Looked at before the file is read: a change between the two shows in the next run.
    const stamp = cache && tree.stamp?.(path);
    if (cache?.skips(path, stamp, place)) {
      result.skipped++;
      continue;
    }
    const { source, problems } = readSource(tree, path, frontEnd);
    if (source === undefined) {
      if (frontEnd.names?.test(path)) continue;
      result.unreadable++;
      result.files.push({ source: { path, text: '' }, frontEnd, facts: unread(path, frontEnd, problems) });
      continue;
    }
    const matters = declared || frontEnd.mayMatter(source, { ...context, dialect: 'unknown' });
    if (!matters && (problems.length === 0 || frontEnd.names?.test(path))) {
      result.skipped++;
      cache?.skip(path, stamp, place);
    } else if (source.text.length > frontEnd.maxLength) {
      result.unreadable++;
      const problem = tooLong(source.text.length, frontEnd.maxLength);
      result.files.push({ source, frontEnd, facts: unread(path, frontEnd, [...problems, problem]) });
    } else {
      const own = context.scope === 'project' && !frontEnd.names?.test(path);
      const marks = own ? (cache?.marks({ source, problems }) ?? marksOf(source.text)) : undefined;
      candidates.push({ source, frontEnd, problems, context, place, marks });
      if (marks) evidence.addMarks(path, marks);
    }
  }
  result.dialect = evidence.main();
  result.tied = evidence.tied();
  const dialectFor = (path: string, folder: MigrationFolder | undefined): Dialect =>
    settings.dialectFor(path) ?? folder?.dialect ?? evidence.dialectFor(path, folder?.path);
  const within = new Set(kept);
  const companion = (path: string, frontEnd: FrontEnd): Candidate | undefined => {
    const isOwn = frontEndOf(path) === frontEnd || frontEnd.companions?.test(path);
    if (!within.has(path) || !isOwn) return undefined;
    const { source, problems } = readSource(tree, path, frontEnd);
    if (source === undefined || source.text.length > frontEnd.maxLength) return undefined;
    const { context, place } = placed(path);
    return { source, frontEnd, problems, context, place, marks: undefined };
  };
  const read = await readCandidates(candidates, frontEnds, { dialectFor, companion, cache }, result.errors);
  const own = new Set(candidates.map(({ source }) => source.path));
  result.skipped -= read.filter(({ source: { path } }) => !own.has(path) && frontEndOf(path) !== undefined).length;
  for (const file of read) {
    if (modelPaths !== undefined && !isModel(fromConfig(file.source.path)) && file.facts.tables.length > 0) {
      file.facts = { ...file.facts, tables: [] };
    }
    result.files.push(file);
  }
  result.files.sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
  return result;
}

/** Keys that name files, relative to the project instead of the configuration file. */
function placedOwnCode(config: OwnCode, prefix: string): OwnCode {
  const isFile = (key: string): boolean => /^\.\/|\.[mc]?[jt]sx?#|\*/.test(key);
  const placed = <T>(entries: { [key: string]: T }): { [key: string]: T } =>
    Object.fromEntries(
      Object.entries(entries).map(([key, value]) => [
        isFile(key) ? `./${posix.relative(prefix, posix.normalize(key))}` : key,
        value,
      ]),
    );
  const { aliases, decorators, sqlSinks, migrationWrappers } = config;
  return {
    ...(aliases && { aliases: placed(aliases) }),
    ...(decorators && { decorators: placed(decorators) }),
    ...(sqlSinks && { sqlSinks: placed(sqlSinks) }),
    ...(migrationWrappers && { migrationWrappers: placed(migrationWrappers) }),
  };
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
