import { isIndexThere } from '../../replay.js';
import type { Reader } from './reading.js';

export const createIndex: Reader<'CreateIndex'> = (operation, { project }) => {
  const { table, index, ifNotExists } = operation;
  if (ifNotExists && isIndexThere(project, operation)) return { actions: [{ name: 'look for index', table }] };
  const name = index.concurrently ? 'create index concurrently' : 'create index';
  return { actions: [{ name: index.parentOnly ? 'create index of parent only' : name, table }] };
};

export const dropIndex: Reader<'DropIndex'> = ({ index, table, concurrently }, { schema }) => {
  const owner = table ?? schema?.ownerOf(index)?.name;
  return {
    actions: [{ name: concurrently ? 'drop index concurrently' : 'drop index', ...(owner && { table: owner }) }],
  };
};

/** What it names may also be a schema or more. */
export const reindex: Reader<'Reindex'> = ({ object, target, concurrently }, { schema }) => {
  const name = concurrently ? 'reindex concurrently' : 'reindex';
  if (target === undefined || object === undefined || !/^(?:index|table)$/.test(object)) return undefined;
  const owner = object === 'table' ? target : schema?.ownerOf(target)?.name;
  return { actions: [{ name, ...(owner && { table: owner }) }] };
};
