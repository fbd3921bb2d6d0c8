import type { FileFacts } from '../../../ir/index.js';
import type { Receiver } from '../drivers/driver.js';
import { libraries } from '../libraries.js';
import type { LinkedFile, Models } from '../library.js';
import { readFile } from '../read-file.js';
import type { TypePromise } from '../values/promises.js';
import type { Origin, Value } from '../values/values.js';
import type { Lookup } from './lookup.js';
import { outsideFunctions, type FunctionsFrom } from './outside.js';
import { projectLookup } from './project-lookup.js';
import type { FileSymbols } from './file-symbols.js';

/** Builds the models anew with everything that other files say, and completes the migrations. */
export function link(files: readonly FileFacts[]): FileFacts[] {
  const linked = files.flatMap(linkedFile);
  const lookup = projectLookup(linked);
  const functions = outsideFunctions(linked, lookup);
  const models = modelsOf(linked, lookup);
  return files.map((unlinked) => {
    const facts = completed(unlinked, lookup, functions);
    const migrations = libraries.reduce(
      (all, library) => (all.length > 0 ? (library.migrations?.(all, facts.path, linked) ?? all) : all),
      facts.migrations,
    );
    const own = models.get(facts.path);
    if (!own && migrations === facts.migrations) return facts;
    return { ...facts, ...own, migrations, usages: [...facts.usages, ...(own?.usages ?? [])] };
  });
}

/** The tables that one file declares, as far as the file alone tells. */
export function ownModels(facts: FileFacts): Pick<Models, 'tables' | 'enums'> | undefined {
  const linked = linkedFile(facts);
  const own = modelsOf(linked, projectLookup(linked)).get(facts.path);
  return own && { tables: own.tables, enums: own.enums };
}

function linkedFile({ path, dialect, symbols, packages }: FileFacts): LinkedFile[] {
  return symbols ? [{ path, dialect, symbols: symbols as FileSymbols, ...(packages && { packages }) }] : [];
}

/** What all libraries say, by the path of the file. */
function modelsOf(files: readonly LinkedFile[], lookup: Lookup): Map<string, Models> {
  const all = new Map<string, Models>();
  for (const library of libraries) {
    for (const [path, { tables, enums, usages = [] }] of library.models?.(files, lookup) ?? []) {
      const before = all.get(path);
      all.set(path, {
        tables: [...(before?.tables ?? []), ...tables],
        enums: [...(before?.enums ?? []), ...enums],
        usages: [...(before?.usages ?? []), ...usages],
      });
    }
  }
  return all;
}

/** Reads a file again whose statements name what other files declare, now that those are at hand. */
function completed(facts: FileFacts, lookup: Lookup, functionIn: FunctionsFrom): FileFacts {
  const symbols = facts.symbols as FileSymbols | undefined;
  if (!symbols?.pending) return facts;
  const { text, context, values, types, functions, receivers } = symbols.pending;
  const valueOf = (origin: Origin): Value | undefined => lookup.valueOf(origin, facts.path, true);
  const typeOf = (origin: Origin): TypePromise | undefined => lookup.promiseOf(origin, facts.path);
  const functionOf = functionIn(facts.path);
  const receiverOf = (origin: Origin): Receiver | undefined => lookup.receiverOf(origin, facts.path);
  const known =
    values.some(valueOf) ||
    types.some(typeOf) ||
    receivers.some(receiverOf) ||
    functions.some((each) => lookup.placeOf(each, facts.path));
  if (!known) return facts;
  const again = readFile({ path: facts.path, text }, context, { valueOf, typeOf, functionOf, receiverOf });
  return {
    ...facts,
    migrations: again.migrations,
    statements: again.statements,
    sites: again.sites,
    usages: again.usages,
    ...(again.engines && { engines: again.engines }),
  };
}
