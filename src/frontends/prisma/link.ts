import { posix } from 'node:path';
import type { FileFacts } from '../../ir/index.js';
import { isNamedContract, nextGeneration, type FileSymbols } from './read.js';
import { dialectOf, hasForeignKeys, joinKeyOf } from './schema/datasource.js';
import type { Declared, Schema } from './schema/schema.js';
import { enumTypeOf, tablesOf } from './schema/tables.js';
import type { Block } from './syntax/tree.js';

const blocksOf = (facts: FileFacts): Block[] => (facts.symbols as FileSymbols | undefined)?.blocks ?? [];

const ofKind = (files: readonly FileFacts[], ...keywords: Block['keyword'][]): Declared[] =>
  files.flatMap((facts) =>
    blocksOf(facts)
      .filter(({ keyword }) => keywords.includes(keyword))
      .map((block) => ({ block, path: facts.path })),
  );

/** Completes the facts of schemas: the tables and enums of each file, resolved over all files of its schema. */
export function link(files: readonly FileFacts[]): FileFacts[] {
  const linked = new Map(schemasIn(files).flatMap((group) => linkSchema(group).map((facts) => [facts.path, facts])));
  return files.map((facts) => linked.get(facts.path) ?? facts);
}

function linkSchema(files: readonly FileFacts[]): FileFacts[] {
  const datasource = ofKind(files, 'datasource')[0]?.block;
  const version = files
    .map(({ symbols }) => (symbols as FileSymbols | undefined)?.version)
    .find((each) => each !== undefined);
  return files.map((facts) => {
    if (datasource === undefined && isNamedContract(facts.path)) return { ...facts, problems: [nextGeneration] };
    const dialect = dialectOf(datasource, facts.dialect);
    // Documents are no tables.
    if (dialect === 'mongodb') return facts;
    const schema: Schema = {
      dialect,
      foreignKeys: hasForeignKeys(datasource),
      joinKey: joinKeyOf(
        dialect,
        version,
        datasource,
        ofKind(files, 'generator').map(({ block }) => block),
      ),
      models: byName(ofKind(files, 'model', 'view')),
      enums: byName(ofKind(files, 'enum')),
    };
    const own = blocksOf(facts);
    return {
      ...facts,
      dialect,
      tables: own
        .filter(({ keyword }) => keyword === 'model' || keyword === 'view')
        .flatMap((block) => tablesOf(block, schema)),
      enums: own.filter(({ keyword }) => keyword === 'enum').flatMap((block) => enumTypeOf(block, schema)),
    };
  });
}

/** The first one of a name counts: Prisma refuses a second. */
function byName(declared: readonly Declared[]): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const each of declared) if (!found.has(each.block.name.value)) found.set(each.block.name.value, each);
  return found;
}

const folderOf = (facts: FileFacts): string => posix.dirname(facts.path);

/** Whether a folder is another one or lies in it. */
const isWithin = (folder: string, outer: string): boolean =>
  outer === '.' || folder === outer || folder.startsWith(`${outer}/`);

/**
 * Which files are one schema. A datasource makes a schema, with the files beside it and below that have none; a folder of
 * files without any belongs to the one datasource that lies below the folder around them, and is else a schema by itself.
 */
function schemasIn(files: readonly FileFacts[]): FileFacts[][] {
  const roots = files.filter((facts) => ofKind([facts], 'datasource').length > 0);
  const groups = new Map<FileFacts | string, FileFacts[]>(roots.map((root) => [root, [root]]));
  for (const facts of files) {
    if (groups.has(facts)) continue;
    const folder = folderOf(facts);
    const key = rootOf(folder, roots) ?? folder;
    const group = groups.get(key);
    if (group) group.push(facts);
    else groups.set(key, [facts]);
  }
  return [...groups.values()];
}

function rootOf(folder: string, roots: readonly FileFacts[]): FileFacts | undefined {
  const around = roots.filter((root) => isWithin(folder, folderOf(root)));
  const nearest = Math.max(...around.map((root) => folderOf(root).length));
  const found = around.filter((root) => folderOf(root).length === nearest);
  if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  const outer = posix.dirname(folder);
  const beside = roots.filter((root) => isWithin(folderOf(root), outer));
  return beside.length === 1 && outer !== '.' ? beside[0] : undefined;
}
