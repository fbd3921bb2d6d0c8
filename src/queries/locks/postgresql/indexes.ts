import { isIndexThere } from '../../replay.js';
import type { Reader } from './reading.js';

/** An index is built, unless it is there and that is asked for. */
export const createIndex: Reader<'CreateIndex'> = (operation, { project }) => {
  const { table, index, ifNotExists } = operation;
  if (ifNotExists && isIndexThere(project, operation)) return { actions: [{ name: 'look for index', table }] };
  const name = index.concurrently ? 'create index concurrently' : 'create index';
  return { actions: [{ name: index.parentOnly ? 'create index of parent only' : name, table }] };
};

/** An index goes; its table is the one that is known to have it. */
export const dropIndex: Reader<'DropIndex'> = ({ index, table, concurrently }, { schema }) => {
  const owner = table ?? schema?.ownerOf(index)?.name;
  return {
    actions: [{ name: concurrently ? 'drop index concurrently' : 'drop index', ...(owner && { table: owner }) }],
  };
};

/** Of a schema or more it takes the lock on each table in turn, which are not named. */
export const reindex: Reader<'Reindex'> = ({ object, target, concurrently }, { schema }) => {
  const name = concurrently ? 'reindex concurrently' : 'reindex';
  const owner = object === 'table' ? target : object === 'index' && target ? schema?.ownerOf(target)?.name : undefined;
  return { actions: [{ name, ...(owner && { table: owner }) }] };
};
