import type { FileFacts, Migration, MigrationBody, Statement, Step } from '../../../ir/index.js';
import type { Lookup } from './lookup.js';
import { shared } from './modules.js';
import type { TypePromise } from '../values/promises.js';
import { readFile } from '../read-file.js';
import { projectLookup, type LinkedFile } from './project-lookup.js';
import { readEntities, type EntitySettings } from '../typeorm/entity.js';
import type { DataSourceRecord } from '../typeorm/data-source.js';
import { defaultStrategy, snakeStrategy } from '../typeorm/names.js';
import type { FileSymbols } from './symbols.js';
import type { Origin, Value } from '../values/values.js';

/** Builds the models anew with everything that other files say, and gives the migrations the mode of their data source. */
export function link(files: readonly FileFacts[]): FileFacts[] {
  const linked = files.flatMap((facts): LinkedFile[] =>
    facts.symbols ? [{ path: facts.path, symbols: facts.symbols as FileSymbols }] : [],
  );
  const lookup = projectLookup(linked);
  const sources = linked.flatMap(({ path, symbols }) => symbols.dataSources.map((record) => ({ path, record })));
  return files.map((unlinked) => {
    const facts = completed(unlinked, lookup);
    const symbols = facts.symbols as FileSymbols | undefined;
    const source = nearest(sources, facts.path);
    const migrations = withMode(facts.migrations, source);
    if (!symbols || symbols.classes.length === 0)
      return migrations === facts.migrations ? facts : { ...facts, migrations };
    const classes = symbols.classes.map((record) => ({ record, path: facts.path }));
    const { tables, enums } = readEntities(classes, lookup, settingsFor(source, facts));
    return { ...facts, tables, enums, migrations };
  });
}

/** Reads a file again whose statements name constants of other files, now that those are at hand. */
function completed(facts: FileFacts, lookup: Lookup): FileFacts {
  const symbols = facts.symbols as FileSymbols | undefined;
  if (!symbols?.pending) return facts;
  const { text, context, values, types } = symbols.pending;
  const valueOf = (origin: Origin): Value | undefined => lookup.valueOf(origin, facts.path, true);
  const typeOf = (origin: Origin): TypePromise | undefined => lookup.promiseOf(origin, facts.path);
  if (!values.some(valueOf) && !types.some(typeOf)) return facts;
  const again = readFile({ path: facts.path, text }, context, { valueOf, typeOf });
  return {
    ...facts,
    migrations: again.migrations,
    statements: again.statements,
    sites: again.sites,
    usages: again.usages,
  };
}

/** The tables that one file declares, as far as the file alone tells. */
export function ownEntities(facts: FileFacts): Pick<FileFacts, 'tables' | 'enums'> {
  const symbols = facts.symbols as FileSymbols | undefined;
  if (!symbols || symbols.classes.length === 0) return { tables: [], enums: [] };
  const lookup = projectLookup([{ path: facts.path, symbols }]);
  const classes = symbols.classes.map((record) => ({ record, path: facts.path }));
  return readEntities(classes, lookup, settingsFor(symbols.dataSources[0], facts));
}

function settingsFor(source: DataSourceRecord | undefined, { dialect }: FileFacts): EntitySettings {
  const strategy = source?.strategy === 'snake' ? snakeStrategy : defaultStrategy;
  return {
    dialect,
    strategy: { ...strategy, prefix: source?.entityPrefix ?? '' },
    ...(source?.strategy === 'unknown' && { namesUnknown: true as const }),
  };
}

/** The data source whose file lies nearest to a path: a repository may hold several projects. */
function nearest(
  sources: readonly { path: string; record: DataSourceRecord }[],
  path: string,
): DataSourceRecord | undefined {
  let best: { record: DataSourceRecord; length: number } | undefined;
  for (const each of sources) {
    const length = shared(each.path, path);
    if (!best || length > best.length) best = { record: each.record, length };
  }
  return best?.record;
}

/** The runner's mode from the data source: the library's default is `all`. */
function withMode(migrations: Migration[], source: DataSourceRecord | undefined): Migration[] {
  const mode = source?.transactions;
  if (mode === undefined || mode === 'all') return migrations;
  return migrations.map((migration) => {
    if (migration.runner !== 'typeorm' || migration.transaction === 'none') return migration;
    if (mode === 'each') return { ...migration, transaction: mode };
    return { ...migration, transaction: mode, up: outside(migration.up), down: outside(migration.down) };
  });
}

/** The same steps, outside of any transaction of the runner. */
function outside(body: MigrationBody): MigrationBody {
  const steps = body.steps.map((step): Step =>
    'statement' in step ? { statement: freed(step.statement) } : { ...step, inTransaction: 'no' },
  );
  return { ...body, steps };
}

const freed = (statement: Statement): Statement => ({
  ...statement,
  inTransaction: 'no',
  children: statement.children.map(freed),
});
