import type { Name, Snapshot, SnapshotColumn, SnapshotTable, Span } from '../../ir/index.js';
import { keySpans } from './json-keys.js';

/** The formats of drizzle-kit that keep tables by their names, and in each its columns. */
const formats = new Set(['5', '6', '7']);

/** What a snapshot of drizzle-kit says of tables and columns; nothing where it is none, or of another format. */
export function snapshotOf(text: string): Snapshot | undefined {
  const snapshot = recordOf(parsed(text));
  if (!formats.has(String(snapshot?.['version']))) return undefined;
  const tables = recordOf(snapshot?.['tables']);
  const spans = keySpans(text, 4);
  const span = spans.get('tables');
  if (tables === undefined || span === undefined) return undefined;
  const found = Object.entries(tables).map(([key, table]) => tableOf(key, recordOf(table), spans));
  return found.includes(undefined) ? undefined : { span, tables: found.filter((table) => table !== undefined) };
}

function tableOf(
  key: string,
  table: Record<string, unknown> | undefined,
  spans: ReadonlyMap<string, Span>,
): SnapshotTable | undefined {
  const columns = recordOf(table?.['columns']);
  const span = spans.get(`tables/${inJson(key)}`);
  const { name, schema } = table ?? {};
  if (typeof name !== 'string' || columns === undefined || span === undefined) return undefined;
  const keyed = keyColumns(table!);
  const found = Object.entries(columns).map(([column, value]) => {
    const at = spans.get(`tables/${inJson(key)}/columns/${inJson(column)}`);
    return at && columnOf(recordOf(value), at, keyed);
  });
  if (found.includes(undefined)) return undefined;
  const named = typeof schema === 'string' && schema !== '' ? { schema: nameOf(schema, span) } : {};
  return {
    name: { ...named, name: nameOf(name, span), span },
    columns: found.filter((column) => column !== undefined),
  };
}

function columnOf(
  column: Record<string, unknown> | undefined,
  span: Span,
  keyed: ReadonlySet<string>,
): SnapshotColumn | undefined {
  const { name, type, notNull, primaryKey, typeSchema } = column ?? {};
  if (typeof name !== 'string' || typeof type !== 'string') return undefined;
  const schema = typeof typeSchema === 'string' && typeSchema !== '' && typeSchema !== 'public' ? `${typeSchema}.` : '';
  const nullable = notNull !== true && primaryKey !== true && !keyed.has(name);
  return { name: nameOf(name, span), type: schema + type, nullable };
}

/** The columns of keys over several of them, which take no NULL whatever the column says. */
function keyColumns(table: Record<string, unknown>): ReadonlySet<string> {
  const keys = Object.values(recordOf(table['compositePrimaryKeys']) ?? {});
  const columns = keys.flatMap((key) => recordOf(key)?.['columns'] ?? []);
  return new Set(columns.filter((column) => typeof column === 'string'));
}

const nameOf = (value: string, span: Span): Name => ({ value, quoted: true, span });

/** A key as drizzle-kit writes it between its quotes. */
const inJson = (key: string): string => JSON.stringify(key).slice(1, -1);

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
