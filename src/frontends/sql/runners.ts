import type { Dialect, Migration, MigrationBody, Runner, TransactionState } from '../../ir/index.js';
import type { MigrationFolder } from '../front-end.js';

/** How a migration runner names its SQL files and runs them. */
interface Convention {
  transaction: Migration['transaction'];
  /** Where the way back is written: sections of one file, a file beside it, or nowhere. */
  down: 'sections' | 'pairs' | 'unsupported';
  /** The server gets the statements of a file, or of its half, in one string. Prisma: it depends on the version. */
  oneString?: true;
  /** Of those that open no transaction, the drivers that do. */
  wraps?: readonly Dialect[];
  /** The number before the first `_` or `.` makes a migration; other files are none. */
  numbered?: true;
  /** Files are sorted by their names as text, whatever numbers they begin with. */
  byName?: true;
}

const conventions: Readonly<Partial<Record<Runner, Convention>>> = {
  prisma: { transaction: 'none', down: 'unsupported', oneString: true, byName: true },
  drizzle: { transaction: 'all', down: 'unsupported' },
  goose: { transaction: 'each', down: 'sections', numbered: true },
  dbmate: { transaction: 'each', down: 'sections', oneString: true, numbered: true, byName: true },
  sqlx: { transaction: 'each', down: 'pairs', oneString: true, numbered: true },
  'golang-migrate': { transaction: 'none', down: 'pairs', oneString: true, wraps: ['sqlite'], numbered: true },
  diesel: { transaction: 'each', down: 'pairs', oneString: true, byName: true },
  flyway: { transaction: 'each', down: 'unsupported' },
  atlas: { transaction: 'each', down: 'unsupported', byName: true },
  // The statements of a file go to the server in one pipeline, which is one transaction.
  supabase: { transaction: 'each', down: 'unsupported', numbered: true, byName: true },
  liquibase: { transaction: 'each', down: 'sections' },
  plain: { transaction: 'unknown', down: 'unsupported', numbered: true },
};

/** What a file's name says about its place in a history. */
export interface MigrationFile {
  convention: Convention;
  id: string;
  order: (number | string)[];
  half: 'up' | 'down' | 'both';
  /** What the other half is while only this file is known. */
  otherHalf: MigrationBody['state'];
  title: string;
  /** It stands for the migrations before it on an empty database. */
  snapshot?: true;
}

/** The leading number of a name, and the rest without it. */
function numbered(name: string): [number | undefined, string] {
  const match = /^(\d{1,20})(?:[_.-]|$|(?=[a-z](?:[_.-]|$)))(.*)$/.exec(name);
  return match ? [Number(match[1]), match[2]!] : [undefined, name];
}

/**
 * Places a file of a migration folder in its history.
 * @returns nothing where the runner would not take the file for a migration
 */
export function migrationFile(path: string, folder: MigrationFolder): MigrationFile | undefined {
  const convention = conventions[folder.runner];
  if (convention === undefined) return undefined;
  const inside = folder.path === '' ? path : path.slice(folder.path.length + 1);
  const parts = inside.split('/');
  const file = parts.at(-1)!;
  const base = file.replace(/\.sql$/i, '');
  const way = parts.at(-2) ?? '';
  if (wayBack.test(way) || (folder.runner === 'plain' && /^up$/i.test(way))) {
    const name = folder.runner === 'flyway' && /^\d/.test(file) ? `V${file}` : file;
    const found = migrationFile([...parts.slice(0, -2), name].join('/'), { ...folder, path: '' });
    if (wayBack.test(way)) return found && { ...found, half: 'down' };
    return found && { ...found, half: 'up', otherHalf: 'missing' };
  }
  if (folder.runner === 'flyway') return flywayFile(convention, base);
  if (folder.runner === 'liquibase') {
    // What the changelog does not name may be included by its folder, in the order of the names.
    const listed = folder.order?.indexOf(inside) ?? -1;
    const order = listed >= 0 ? [listed] : [inside];
    return { convention, id: inside, order, half: 'both', otherHalf: 'missing', title: base };
  }
  if (folder.runner === 'prisma' || (folder.runner === 'drizzle' && folder.order === undefined && parts.length > 1)) {
    if (file !== 'migration.sql' || parts.length < 2) return undefined;
    return place(convention, folder, parts.at(-2)!, 'both', 'unsupported');
  }
  if (folder.runner === 'diesel') {
    if (parts.length < 2 || (base !== 'up' && base !== 'down')) return undefined;
    return place(convention, folder, parts.at(-2)!, base, 'missing');
  }
  if (parts.length > 1) return folder.runner === 'plain' ? versioned(convention, folder, parts, base) : undefined;
  return flatFile(convention, folder, base);
}

/** A folder whose files take back the migrations beside it. */
const wayBack = /^(?:rollbacks?|downs?|undo|reverts?)$/i;

/** A file that lies beside the others of its history. */
function flatFile(convention: Convention, folder: MigrationFolder, base: string): MigrationFile | undefined {
  const { runner } = folder;
  const half = /\.(up|down|undo)$/i.exec(base)?.[1]?.toLowerCase();
  const id = half ? base.slice(0, -half.length - 1) : base;
  if (convention.numbered && numbered(id)[0] === undefined && !folder.configured) return undefined;
  if (runner === 'sqlx' && !/^\d+_/.test(id)) return undefined;
  if (half !== undefined) return place(convention, folder, id, half === 'up' ? 'up' : 'down', 'missing');
  // The journal says what is run.
  if (runner === 'drizzle') {
    return folder.order?.includes(id) === false ? undefined : place(convention, folder, id, 'both', 'unsupported');
  }
  // sqlx also has files of one half, which can't be run back.
  if (convention.down === 'pairs' && runner !== 'sqlx') return undefined;
  return place(convention, folder, id, 'both', convention.down === 'sections' ? 'missing' : 'unsupported');
}

/** Numbered files in folders that bear the versions of a program: `0.10/00__activity.sql`. */
function versioned(
  convention: Convention,
  folder: MigrationFolder,
  parts: readonly string[],
  base: string,
): MigrationFile | undefined {
  const versions = parts.slice(0, -1).map((part) => /^v?(\d+(?:\.\d+)*)$/i.exec(part)?.[1]);
  const found = flatFile(convention, folder, base);
  if (found === undefined || versions.includes(undefined)) return undefined;
  const numbers = versions.flatMap((version) => version!.split('.').map(Number));
  return { ...found, id: [...parts.slice(0, -1), found.id].join('/'), order: [...numbers, ...found.order] };
}

function place(
  { byName, ...convention }: Convention,
  folder: MigrationFolder,
  id: string,
  half: MigrationFile['half'],
  otherHalf: MigrationBody['state'],
): MigrationFile {
  const [number, title] = numbered(id);
  const listed = folder.order?.indexOf(id) ?? -1;
  const order = listed >= 0 ? [listed] : number === undefined || byName ? [id] : [number, title];
  return { convention, id, order, half, otherHalf, title: title.replace(/[_-]+/g, ' ').trim() };
}

/** V1_2__title, U1_2__title, R__title, B1__title. Repeatable ones run last, in the order of their titles. */
function flywayFile(convention: Convention, base: string): MigrationFile | undefined {
  const match = /^([VUB])([\d._]*\d)__(.*)$/.exec(base) ?? /^(R)()__(.*)$/.exec(base);
  if (match === null) return undefined;
  const [, kind, version, title] = match;
  const numbers = version === '' ? [Number.MAX_SAFE_INTEGER, title!] : version!.split(/[._]/).map(Number);
  // Flyway takes 1 and 1.0 for the same version.
  while (numbers.at(-1) === 0 && numbers.length > 1) numbers.pop();
  const id = kind === 'R' ? base : `${kind === 'U' ? 'V' : kind!}${version!}`;
  return {
    convention,
    id,
    order: numbers,
    half: kind === 'U' ? 'down' : kind === 'V' ? 'up' : 'both',
    otherHalf: 'unsupported',
    title: title!.replace(/_/g, ' '),
    ...(kind === 'B' && { snapshot: true }),
  };
}

/** Runners that know the halves of a migration by its version, whatever their titles. */
const pairedByVersion: ReadonlySet<Runner> = new Set(['sqlx', 'golang-migrate', 'flyway']);

/** The same for the two files of one migration, and for no others. */
export function pairKey({ history, runner, id, order }: Migration): string {
  const version = runner === 'flyway' ? order : order.slice(0, 1);
  return JSON.stringify([history, pairedByVersion.has(runner) ? version : id]);
}

/** Whether the runner opens a transaction for a migration before marks in the file and its own BEGIN and COMMIT count. */
export function wrapped({ wraps, transaction }: Convention, dialect: Dialect): TransactionState {
  if (wraps?.includes(dialect)) return 'yes';
  if (transaction === 'unknown') return 'unknown';
  return transaction === 'none' ? 'no' : 'yes';
}
