import type { Environment, FileFacts, OptionValue } from '../../../ir/index.js';
import type { ModuleSymbols } from '../models/raw.js';
import { rootOf } from './collections.js';
import { ImportGraph } from './import-graph.js';
import type { World } from './world.js';

/** Whether a file runs migrations, and so decides what autogenerate compares. */
const runsMigrations = ({ environment }: FileFacts): boolean =>
  environment?.configures.some(({ api }) => api === 'context.configure') ?? false;

/** Whether a file declares tables of the project's own. */
const hasTables = ({ tables, scope, migrations }: FileFacts): boolean =>
  scope === 'project' && migrations.length === 0 && tables.some(({ role }) => role === 'table');

/**
 * Files that are read for the sake of an env.py alone: what it imports, as long as it has not come by every file that
 * declares tables.
 */
export function wantedImports(files: readonly FileFacts[]): string[] {
  const starts = files.filter(runsMigrations);
  if (starts.length === 0) return [];
  const graph = new ImportGraph(files);
  const withTables = files.filter(hasTables);
  return starts.flatMap(({ path }) => {
    const { paths, unread, open } = graph.reachedFrom(path);
    return open || withTables.every((file) => paths.has(file.path)) ? [] : [...unread];
  });
}

/** What the `target_metadata` of an environment names, as far as it is known. */
function targetsOf({ configures, target }: Environment): OptionValue[] {
  return configures.flatMap(({ api, mode, options, open }) => {
    if (api !== 'context.configure' || mode === 'offline') return [];
    const given = options.find(({ name }) => name === 'target_metadata')?.value;
    if (given === undefined) return open ? [{ kind: 'unknown' as const }] : [];
    return given.kind === 'unknown' && target ? [target.value] : [given];
  });
}

function metadataOf(values: readonly OptionValue[], module: string, world: World): string[] | 'unknown' {
  const ids = new Set<string>();
  for (const value of values) {
    if (value.kind === 'literal' && value.value === null) continue;
    if (value.kind === 'list') {
      const inner = metadataOf(value.items, module, world);
      if (inner === 'unknown') return inner;
      for (const id of inner) ids.add(id);
      continue;
    }
    const id = value.kind === 'name' ? named(value.name, module, world) : undefined;
    if (id === undefined) return 'unknown';
    ids.add(id);
  }
  return [...ids];
}

/** `Base.metadata` is what the base has; a `MetaData` object is named by itself. */
const named = (name: string, module: string, world: World): string | undefined =>
  rootOf(name.replace(/\.metadata$/, ''), module, world) ?? rootOf(name, module, world);

/** Which metadata each env.py compares with, and which files with tables it imports. */
export function linkedEnvironments(files: readonly FileFacts[], world: World): Map<string, Environment> {
  const linked = new Map<string, Environment>();
  const starts = files.filter(runsMigrations);
  if (starts.length === 0) return linked;
  const graph = new ImportGraph(files);
  const withTables = files.filter((file) => file.tables.length > 0);
  for (const { path, environment, symbols } of starts) {
    if (environment === undefined || symbols === undefined) continue;
    const { module } = symbols as ModuleSymbols;
    const { paths, open } = graph.reachedFrom(path);
    linked.set(path, {
      ...environment,
      metadata: metadataOf(targetsOf(environment), module, world),
      imports: open ? 'unknown' : withTables.filter((file) => paths.has(file.path)).map((file) => file.path),
    });
  }
  return linked;
}
