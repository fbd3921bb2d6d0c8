import type { Dialect, Migration, MigrationBody, Runner } from '../../ir/index.js';
import type { MigrationFolder } from '../front-end.js';

/** How a migration runner names its SQL files and runs them. */
interface Convention {
  transaction: Migration['transaction'];
  /** Where the way back is written: sections of one file, a file beside it, or nowhere. */
  down: 'sections' | 'pairs' | 'unsupported';
  /** PostgreSQL gets the whole file as one string, which it runs as one transaction if it holds several statements. */
  oneString?: true;
  /** A folder for each migration, with these files in it. */
  folders?: true;
}

const conventions: Readonly<Partial<Record<Runner, Convention>>> = {
  prisma: { transaction: 'none', down: 'unsupported', oneString: true, folders: true },
  drizzle: { transaction: 'all', down: 'unsupported' },
  goose: { transaction: 'each', down: 'sections' },
  dbmate: { transaction: 'each', down: 'sections' },
  sqlx: { transaction: 'each', down: 'pairs' },
  'golang-migrate': { transaction: 'none', down: 'pairs', oneString: true },
  diesel: { transaction: 'each', down: 'pairs', folders: true },
  flyway: { transaction: 'each', down: 'unsupported' },
  atlas: { transaction: 'each', down: 'unsupported' },
  // The statements of a file go to the server in one pipeline, which is one transaction.
  supabase: { transaction: 'each', down: 'unsupported' },
  liquibase: { transaction: 'each', down: 'sections' },
  plain: { transaction: 'unknown', down: 'unsupported' },
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
}

/** The leading number of a name, and the rest without it. */
function numbered(name: string): [number | undefined, string] {
  const match = /^(\d{1,20})(?:[_-]|$)(.*)$/.exec(name);
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
  if (folder.runner === 'flyway') return flywayFile(convention, base);
  if (folder.runner === 'liquibase')
    return { convention, id: inside, order: [inside], half: 'both', otherHalf: 'missing', title: base };
  const named = parts.length > 1 ? parts.at(-2)! : base;
  if (convention.folders || (folder.runner === 'drizzle' && file === 'migration.sql')) {
    if (folder.runner === 'diesel') {
      if (base !== 'up' && base !== 'down') return undefined;
      return place(convention, folder, named, base, 'missing');
    }
    return file === 'migration.sql' ? place(convention, folder, named, 'both', 'unsupported') : undefined;
  }
  const half = /\.(up|down|undo)$/i.exec(base)?.[1]?.toLowerCase();
  const id = half ? base.slice(0, -half.length - 1) : base;
  if (half !== undefined) return place(convention, folder, id, half === 'up' ? 'up' : 'down', 'missing');
  if (convention.down === 'pairs') {
    // sqlx also has files of one half, which can't be run back.
    return folder.runner === 'sqlx' ? place(convention, folder, id, 'both', 'unsupported') : undefined;
  }
  if (folder.runner !== 'drizzle' && numbered(id)[0] === undefined && folder.runner !== 'plain') return undefined;
  return place(convention, folder, id, 'both', convention.down === 'sections' ? 'missing' : 'unsupported');
}

function place(
  convention: Convention,
  folder: MigrationFolder,
  id: string,
  half: MigrationFile['half'],
  otherHalf: MigrationBody['state'],
): MigrationFile {
  const [number, title] = numbered(id);
  const listed = folder.order?.indexOf(id) ?? -1;
  const byName = folder.runner === 'prisma' || folder.runner === 'supabase';
  const order = listed >= 0 ? [listed] : number === undefined || byName ? [id] : [number, title];
  return { convention, id, order, half, otherHalf, title: title.replace(/[_-]+/g, ' ').trim() };
}

/** V1_2__title, U1_2__title, R__title, B1__title. Repeatable ones run last, in the order of their titles. */
function flywayFile(convention: Convention, base: string): MigrationFile | undefined {
  const match = /^([VUB])([\d._]*\d)__(.*)$/.exec(base) ?? /^(R)()__(.*)$/.exec(base);
  if (match === null) return undefined;
  const [, kind, version, title] = match;
  const numbers = version === '' ? [Number.MAX_SAFE_INTEGER, title!] : version!.split(/[._]/).map(Number);
  const id = kind === 'R' ? base : `${kind === 'U' ? 'V' : kind!}${version!}`;
  return {
    convention,
    id,
    order: numbers,
    half: kind === 'U' ? 'down' : kind === 'V' ? 'up' : 'both',
    otherHalf: 'unsupported',
    title: title!.replace(/_/g, ' '),
  };
}

/** Whether statements of a migration run in one transaction before the file's own BEGIN and COMMIT count. */
export function wrapped(convention: Convention, statements: number, dialect: Dialect): 'yes' | 'no' | 'unknown' {
  if (convention.oneString) {
    if (dialect === 'postgresql' || dialect === 'cockroachdb') return statements > 1 ? 'yes' : 'no';
    return dialect === 'unknown' ? 'unknown' : 'no';
  }
  if (convention.transaction === 'unknown') return 'unknown';
  return convention.transaction === 'none' ? 'no' : 'yes';
}
