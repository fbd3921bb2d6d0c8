import { folded, foldedInTable } from '../../../src/queries/names.js';
import type { Schema } from '../../../src/queries/replay.js';

/** What a schema holds besides the shape of its tables, in words that can be compared, each list sorted. */
export interface Objects {
  /** `mood a,b` */
  enums: string[];
  /** `view < table.column`, `view` alone for one that takes nothing. */
  views: string[];
  /** `partition < parent` */
  partitions: string[];
  /** `table: words`, `table.column: words` */
  comments: string[];
  /** Columns that the server gives a value. */
  defaults: string[];
  /** `table.column type` of those whose type is an enum, or an array of one. */
  typed: string[];
  /** Constraints that existing rows may break. */
  unvalidated: string[];
  sequences: string[];
}

/** What the replay says stands there at the end. */
export function objectsOf(schema: Schema): Objects {
  const { dialect } = schema;
  const tables = [...schema.tables()].filter((table) => !table.external);
  const columns = tables.flatMap((table) =>
    [...table.columns.values()].map(({ column }) => ({
      column,
      at: `${folded(table.name.name, dialect)}.${foldedInTable(column.name, dialect)}`,
    })),
  );
  const enums = [...schema.types()].filter(({ values }) => values !== undefined);
  const isEnum = (type: string): boolean => enums.some(({ key }) => key === type.replace('[]', ''));
  return sorted({
    enums: enums.map(({ key, values }) => `${key} ${values!.map(({ value }) => value).join(',')}`),
    views: [...schema.views()].flatMap(({ key, reads }) => [
      key,
      ...reads.flatMap((source) => (source.columns ?? ['?']).map((column) => `${key} < ${source.key}.${column}`)),
    ]),
    partitions: tables.flatMap(({ key, partitionOf }) =>
      partitionOf === undefined ? [] : [`${key} < ${partitionOf}`],
    ),
    comments: [
      ...tables.flatMap(({ key, comment }) => (comment ? [`${key}: ${comment.value}`] : [])),
      ...columns.flatMap(({ at, column }) => (column.comment ? [`${at}: ${column.comment.value}`] : [])),
    ],
    defaults: columns.flatMap(({ at, column }) =>
      column.default?.by === 'server' || column.generated !== undefined ? [at] : [],
    ),
    typed: columns.flatMap(({ at, column }) => (isEnum(column.type.name) ? [`${at} ${column.type.name}`] : [])),
    unvalidated: tables.flatMap(({ constraints }) =>
      constraints.flatMap(({ name = '?', constraint }) => (constraint.notValid ? [name] : [])),
    ),
    sequences: [...schema.sequences()].map(({ key }) => key),
  });
}

/** The same of a PostgreSQL server, from its catalog. */
export async function objectsIn(rows: (sql: string) => Promise<{ line: string }[]>): Promise<Objects> {
  const lines = async (sql: string): Promise<string[]> => (await rows(sql)).map(({ line }) => line);
  return sorted({
    enums: await lines(`
      SELECT typname || ' ' || coalesce((SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum
        WHERE enumtypid = t.oid), '') AS line
      FROM pg_type t WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'`),
    views: await lines(`
      SELECT relname AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
      UNION SELECT v.relname || ' < ' || t.relname || '.' || lower(a.attname)
      FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
      JOIN pg_class t ON t.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE v.relnamespace = 'public'::regnamespace AND t.oid <> v.oid AND d.refobjsubid > 0`),
    partitions: await lines(`
      SELECT c.relname || ' < ' || p.relname AS line FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      JOIN pg_class p ON p.oid = i.inhparent WHERE c.relkind IN ('r', 'p')`),
    comments: await lines(`
      SELECT relname || ': ' || obj_description(oid, 'pg_class') AS line FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') <> ''
      UNION ALL SELECT relname || '.' || attname || ': ' || col_description(c.oid, attnum) FROM pg_class c
      JOIN pg_attribute a ON attrelid = c.oid
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND col_description(c.oid, attnum) <> ''`),
    defaults: await lines(`
      SELECT relname || '.' || attname AS line FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND (atthasdef OR attidentity <> '')`),
    typed: await lines(`
      SELECT relname || '.' || attname || ' ' || coalesce(e.typname || '[]', t.typname) AS line
      FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid JOIN pg_type t ON t.oid = atttypid
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND coalesce(e.typtype, t.typtype) = 'e'`),
    unvalidated: await lines(`
      SELECT conname AS line FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated`),
    sequences: await lines(`
      SELECT relname AS line FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'`),
  });
}

function sorted(objects: Objects): Objects {
  const entries = Object.entries(objects) as [string, string[]][];
  return Object.fromEntries(entries.map(([name, list]) => [name, list.sort()])) as unknown as Objects;
}
