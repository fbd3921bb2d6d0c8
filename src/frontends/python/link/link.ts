import type { EnumType, FileFacts } from '../../../ir/index.js';
import { readRevision } from '../alembic/revision.js';
import { readMetadata } from '../models/metadata-facts.js';
import { readModule } from '../models/module.js';
import type { ModuleSymbols, RawClass, RevisionSymbols } from '../models/raw.js';
import type { Open } from '../open.js';
import { answered } from './answers.js';
import { linkedMetadata } from './collections.js';
import { nameTargetsByKey } from './column-keys.js';
import { OtherModules } from './elsewhere.js';
import { joinedHistories } from './histories.js';
import { linkedEnvironments } from './environments.js';
import { lineageOf, type Lineage } from './lineage.js';
import { libraryModules, libraryModulesFor } from './library-modules.js';
import { resolveOtherSides } from './other-side.js';
import { resolveKeyTypes } from './key-types.js';
import { resolveRelationships } from './relationships.js';
import { named, revisionConvention } from './revision-names.js';
import { looseClassesOf, tablesOf } from './tables.js';
import { withTransactions } from './transactions.js';
import { confirmedUsages } from './usages.js';
import { World } from './world.js';

type Symbols = ModuleSymbols | RevisionSymbols | undefined;

const symbolsOf = ({ symbols }: FileFacts): Symbols => symbols as Symbols;
const moduleOf = (symbols: Symbols): ModuleSymbols | undefined =>
  symbols === undefined || 'revision' in symbols ? undefined : symbols;

/** The modules of the project, and those of libraries that they inherit from. */
function worldOf(files: readonly FileFacts[], open: Open): World {
  const modules = files.map((file) => moduleOf(symbolsOf(file))).filter((symbols) => symbols !== undefined);
  const libraries = libraryModulesFor(modules).map((path) =>
    readModule(open({ path, source: libraryModules[path] ?? '', dialect: files[0]!.dialect, scope: 'project' })),
  );
  return new World([...modules, ...libraries.map((symbols) => ({ ...symbols, collections: [] }))]);
}

/** Puts the facts of all files together again, now that bases, targets and values of other files are known. */
export function link(given: readonly FileFacts[], open: Open): FileFacts[] {
  const files = withTransactions(joinedHistories(withValues(given, open)));
  const world = worldOf(files, open);
  const paths = new Map(files.map((file) => [moduleOf(symbolsOf(file)), file.path]));
  const envs = new Map(
    files.flatMap((file): [string, ModuleSymbols][] => {
      const symbols = moduleOf(symbolsOf(file));
      return symbols?.target === undefined ? [] : [[file.path.slice(0, file.path.lastIndexOf('/')), symbols]];
    }),
  );
  const linked = files.map((file) => {
    const convention = file.migrations.length > 0 ? revisionConvention(file.path, envs, world) : undefined;
    if (convention !== undefined)
      return { ...file, migrations: file.migrations.map((each) => named(each, convention)) };
    const symbols = moduleOf(symbolsOf(file));
    if (symbols === undefined) return file;
    const sites = answered(file.sites, symbols, world);
    const usages = confirmedUsages(file.usages, symbols, world);
    const metadata = file.metadata && { metadata: linkedMetadata(file.metadata, symbols, world) };
    if (symbols.classes.length === 0 && symbols.tables.length === 0) return { ...file, sites, usages, ...metadata };
    const enums = new Map<string, EnumType>();
    const tables = tablesOf(symbols, world, file.dialect, enums);
    resolveOtherSides(tables, symbols, world, (module) => paths.get(module) ?? '');
    const loose = looseClassesOf(symbols, world, file.dialect);
    return {
      ...file,
      sites,
      usages,
      ...metadata,
      tables,
      ...(loose.length > 0 && { looseClasses: loose }),
      enums: [...enums.values()],
    };
  });
  const all = linked.flatMap(({ tables }) => tables);
  nameTargetsByKey(all);
  resolveKeyTypes(all);
  resolveRelationships(linked, world);
  const environments = linkedEnvironments(linked, world);
  return linked.map((file) => {
    const environment = environments.get(file.path);
    return environment ? { ...file, environment } : file;
  });
}

/** Whether a module declares what tables are put together from, as far as that is known before other files are asked. */
function declares(symbols: ModuleSymbols, world: World): boolean {
  const { classes, tables, collections, annotated, outside } = symbols;
  if (tables.length + collections.length + outside.length > 0 || Object.keys(annotated).length > 0) return true;
  return classes.some((raw) => isMapped(raw) || mayBeMapped(lineageOf({ module: symbols, raw }, world), raw));
}

/** Whether a class holds what only mapped classes, their bases and their types do. Bare annotations stand anywhere. */
const isMapped = (raw: RawClass): boolean =>
  raw.base !== undefined ||
  raw.table !== undefined ||
  raw.sqlmodelTable === true ||
  raw.isType === true ||
  raw.typeMap !== undefined ||
  raw.marked === true ||
  raw.computed.length > 0 ||
  raw.args.unknown !== undefined ||
  raw.members.some((member) => member.kind === 'relationship' || member.plain !== true);

/** Whether a class descends from a mapped one, or has attributes and a base that only other files' values tell. */
const mayBeMapped = ({ orm, unresolved }: Lineage, { others }: RawClass): boolean =>
  orm !== undefined || (unresolved.length > 0 && others.length > 0);

/** Reads files again whose declarations hang on values of other files: constants, functions, enums. */
function withValues(files: readonly FileFacts[], open: Open): readonly FileFacts[] {
  const world = worldOf(files, open);
  const byModule = new Map(files.map((file) => [moduleOf(symbolsOf(file)), file]));
  const opened = (symbols: ModuleSymbols, others: OtherModules) => {
    // A library's module is in no file.
    const { path, dialect, scope } = byModule.get(symbols) ?? { ...files[0]!, path: symbols.module };
    return open({ path, source: symbols.source, dialect, scope }, others).interpreter;
  };
  const others = new OtherModules(world, opened);
  return files.map((file) => {
    const symbols = symbolsOf(file);
    if (symbols === undefined || !('revision' in symbols || (file.scope === 'project' && declares(symbols, world))))
      return file;
    if (!symbols.asked.some((name) => world.isValue(name, symbols.module))) return file;
    const { path, dialect, scope } = file;
    const reading = open({ path, source: symbols.source, dialect, scope }, others);
    if ('revision' in symbols) {
      const migration = readRevision(reading, {
        dialect,
        scope,
        ...(symbols.migrations && { migrations: symbols.migrations }),
      });
      return migration === undefined ? file : { ...file, migrations: [migration] };
    }
    const metadata = [...readMetadata(reading)];
    const again: ModuleSymbols = {
      ...symbols,
      ...readModule(reading),
      collections: metadata.map(({ raw }) => raw),
    };
    return {
      ...file,
      symbols: again,
      ...(metadata.length > 0 && { metadata: metadata.map(({ fact }) => fact) }),
    };
  });
}
