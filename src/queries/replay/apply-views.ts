import type { ColumnUse, Name, QualifiedName, Statement } from '../../ir/index.js';
import type { On } from '../operations.js';
import type { Draft } from './draft.js';
import { columnKey, type ViewSource, type ViewState } from './state.js';

/** A view comes, or its query is another one from now on. */
export function createView(
  draft: Draft,
  operation: On<'CreateView' | 'CreateMaterializedView'>,
  statement: Statement | undefined,
): void {
  const { view: name, kind, uses } = operation;
  const key = draft.key(name);
  const keys = new Set((statement?.reads ?? []).map((each) => draft.key(each)));
  const taken = uses && columnsTaken(draft, uses);
  const unread = { about: 'everything' as const, reason: 'the query of the view is not read' };
  draft.putView({
    name,
    key,
    materialized: kind === 'CreateMaterializedView',
    reads: [...keys].map((source) => sourceOf(source, taken)),
    origin: draft.origin,
    uncertain: statement ? [] : [unread],
  });
}

function sourceOf(key: string, taken: ReadonlyMap<string, ReadonlySet<string> | 'unknown'> | undefined): ViewSource {
  const columns = taken?.get(key);
  if (taken === undefined || columns === 'unknown') return { key };
  return { key, columns: [...(columns ?? [])] };
}

/** From the key of a table or view to the columns that are taken from it. */
function columnsTaken(draft: Draft, uses: readonly ColumnUse[]): Map<string, Set<string> | 'unknown'> {
  const taken = new Map<string, Set<string> | 'unknown'>();
  const take = (source: string, columns: Iterable<string>): void => {
    const before = taken.get(source) ?? [];
    if (before !== 'unknown') taken.set(source, new Set([...before, ...columns]));
  };
  for (const { column, of } of uses) {
    const sources = of.map(({ schema, name }) => draft.key(qualified(schema, name)));
    if (column === '*') {
      for (const source of sources) {
        const table = draft.schema.tableByKey(source);
        if (table === undefined || table.external || table.uncertain.length > 0) taken.set(source, 'unknown');
        else take(source, table.columns.keys());
      }
      continue;
    }
    const [only, ...others] = sources;
    const owner =
      others.length === 0
        ? only
        : sources.find((each) => draft.schema.tableByKey(each)?.columns.has(columnKey(column)));
    if (owner !== undefined) take(owner, [columnKey(column)]);
    else for (const source of sources) taken.set(source, 'unknown');
  }
  return taken;
}

const nowhere = { start: 0, end: 0 };
const named = (value: string): Name => ({ value, quoted: true, span: nowhere });
const qualified = (schema: string | undefined, name: string): QualifiedName => ({
  ...(schema !== undefined && { schema: named(schema) }),
  name: named(name),
  span: nowhere,
});

/** A view goes; with CASCADE so do those that read it. */
export function dropView(draft: Draft, { view: name, cascade }: On<'DropView' | 'DropMaterializedView'>): void {
  const view = draft.schema.view(name);
  if (view) removeView(draft, view, cascade === true);
}

/** A view gets another name; those that read it follow. */
export function renameView(draft: Draft, { view: name, to }: On<'RenameView'>): void {
  const view = draft.schema.view(name);
  if (view === undefined) return;
  draft.removeView(view);
  draft.putView({ ...view, name: to, key: draft.key(to) });
  followRename(draft, view.key, draft.key(to));
}

function removeView(draft: Draft, view: ViewState, cascade: boolean): void {
  draft.removeView(view);
  if (cascade) dropViewsOver(draft, view.key);
}

/**
 * The views go that read a table or view, and those that read them.
 * @param column only where they take this one of it
 */
export function dropViewsOver(draft: Draft, key: string, column?: string): void {
  const open = draft.viewsOver(key).filter((view) => column === undefined || takes(view, key, column) === true);
  for (let view = open.pop(); view; view = open.pop()) {
    draft.removeView(view);
    open.push(...draft.viewsOver(view.key));
  }
}

/** Whether a view takes a column of a table or view; nothing where that is not known. */
export function takes({ reads }: ViewState, key: string, column: string): boolean | undefined {
  const source = reads.find((each) => each.key === key);
  return source === undefined ? false : source.columns?.includes(columnKey(column));
}

/** Dialects that keep a view as a tree, in which a renamed table or column is still the same one. */
const following: ReadonlySet<string> = new Set(['postgresql', 'cockroachdb', 'sqlite', 'oracle']);

/** The views over a table or view that has another key from now on. */
export function followRename(draft: Draft, from: string, to: string): void {
  if (!following.has(draft.dialect)) return;
  for (const view of draft.viewsOver(from)) {
    draft.putView({ ...view, reads: view.reads.map((each) => (each.key === from ? { ...each, key: to } : each)) });
  }
}

/** The views over a table of which a column has another name from now on. */
export function followColumnRename(draft: Draft, key: string, column: string, to: string): void {
  if (!following.has(draft.dialect)) return;
  for (const view of draft.viewsOver(key)) {
    if (takes(view, key, column) !== true) continue;
    const reads = view.reads.map((each) =>
      each.key === key && each.columns
        ? { key, columns: each.columns.map((name) => (name === columnKey(column) ? columnKey(to) : name)) }
        : each,
    );
    draft.putView({ ...view, reads });
  }
}
