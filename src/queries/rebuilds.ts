import type { Dialect, Operation, Project, QualifiedName } from '../ir/index.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';
import { schemaAt } from './replay.js';
import { mentions } from './replay/default-names.js';
import { columnKey } from './replay/state.js';

/** A table that is made anew under its old name with its rows copied over: SQLite's way to alter a table. */
export interface Rebuild {
  table: QualifiedName;
  /** The operation that drops a copy, or the rebuilding operation itself. */
  at: Operation;
  /** The table as it was before: its name there, and the operation that drops it. */
  was: { table: QualifiedName; at: Operation };
  /** Columns of it that are gone with their data: no statement that reads the copy names them. */
  lost: string[];
  /** The operation that makes the table that takes its place; absent where that is not written out. */
  made?: Extract<Operation, { kind: 'CreateTable' }>;
  /** The statements that copy the rows. */
  copiers: readonly string[];
}

type Drop = Extract<Operation, { kind: 'DropTable' }>;

/** A table with its rows, whatever it is called at the moment. */
interface Holder {
  /** The name that it had before all this; absent for one that is made here. */
  origin?: QualifiedName;
  /** Of one that is made here: its columns; `unknown` where they are not all written. */
  columns: Set<string> | 'unknown';
  made?: Extract<Operation, { kind: 'CreateTable' }>;
  /** Those that rows were copied to. */
  copies: Set<Holder>;
  /** The statements that read it; `unknown` where one can't be looked into. */
  readers: string[] | 'unknown';
  /** Of these, the statements that write what they read. */
  copiers: string[];
  dropped?: Drop;
}

/**
 * The rebuilds among operations that run one after another: create, copy, drop and rename, in any order that leaves a
 * table under the old name with the rows of the old one. Without a copy of the rows it is no rebuild.
 * @param dialect how the names of all of them are compared, be they of SQL or of a migration API
 */
export function rebuildsIn(project: Project, operations: readonly PlacedOperation[], dialect: Dialect): Rebuild[] {
  const rebuilds: Rebuild[] = [];
  const follower = new Follower(dialect);
  for (const placed of operations) follower.follow(placed);
  for (const holder of follower.origins) {
    const successor = holder.origin && follower.named(holder.origin);
    if (successor && successor !== holder) rebuilds.push(...stepsTo(project, holder, successor));
  }
  return rebuilds;
}

/** Follows the tables of operations through their names. */
class Follower {
  /** Those that were there before. */
  readonly origins: Holder[] = [];
  private readonly names = new Map<string, Holder>();

  constructor(private readonly dialect: Dialect) {}

  follow({ operation, statement }: PlacedOperation): void {
    const reads = statement?.reads ?? [];
    for (const name of reads) this.readBy(name, statement?.text);
    switch (operation.kind) {
      case 'CreateTable': {
        const { table, definition } = operation;
        const known = definition.uncertain.length === 0;
        const made: Holder = {
          made: operation,
          columns: known ? new Set(definition.columns.map(({ name }) => columnKey(name.value))) : 'unknown',
          copies: new Set(),
          readers: [],
          copiers: [],
        };
        if (definition.asSelect) for (const name of reads) this.at(name).copies.add(made);
        this.names.set(this.key(table), made);
        break;
      }
      case 'Insert':
        for (const name of reads) {
          this.at(name).copies.add(this.at(operation.table));
          if (statement) this.at(name).copiers.push(statement.text);
        }
        break;
      case 'DropTable':
        this.at(operation.table).dropped = operation;
        this.names.delete(this.key(operation.table));
        break;
      case 'RenameTable': {
        const holder = this.at(operation.table);
        this.names.delete(this.key(operation.table));
        this.names.set(this.key(operation.to), holder);
        break;
      }
      case 'AddColumn':
        this.change(operation.table, (columns) => columns.add(columnKey(operation.column.name.value)));
        break;
      case 'RenameColumn':
        this.change(operation.table, (columns) => columns.add(columnKey(operation.to.value)));
        break;
      default:
    }
  }

  /** The table of a name, if it is one that operations spoke of. */
  named(name: QualifiedName): Holder | undefined {
    return this.names.get(this.key(name));
  }

  private key(name: QualifiedName): string {
    return objectKey(name, this.dialect);
  }

  private at(name: QualifiedName): Holder {
    let holder = this.named(name);
    if (holder === undefined) {
      holder = { origin: name, columns: 'unknown', copies: new Set(), readers: [], copiers: [] };
      this.origins.push(holder);
      this.names.set(this.key(name), holder);
    }
    return holder;
  }

  private readBy(name: QualifiedName, text: string | undefined): void {
    const holder = this.at(name);
    // Which of its columns `*` names depends on the table.
    if (text === undefined || text.includes('*')) holder.readers = 'unknown';
    else if (holder.readers !== 'unknown') holder.readers.push(text);
  }

  private change(name: QualifiedName, change: (columns: Set<string>) => void): void {
    const { columns } = this.at(name);
    if (columns !== 'unknown') change(columns);
  }
}

/** The copies that lead from a table to the one that takes its name, a rebuild for each that is dropped on the way. */
function stepsTo(project: Project, origin: Holder, end: Holder): Rebuild[] {
  const path = pathTo(origin, end);
  const { dropped } = origin;
  if (path === undefined || dropped === undefined) return [];
  const table = origin.origin!;
  const was = { table: dropped.table, at: dropped };
  let left = [...(schemaAt(project, dropped)?.table(dropped.table)?.columns ?? [])];
  return path.slice(0, -1).flatMap((holder, index) => {
    const { columns, made } = path[index + 1]!;
    const { readers, copiers } = holder;
    const gone = left.filter(([key]) => columns !== 'unknown' && !columns.has(key));
    left = left.filter((each) => !gone.includes(each));
    const lost = gone
      .map(([, { column }]) => column.name.value)
      .filter((name) => readers !== 'unknown' && !readers.some((text) => mentions(text, name)));
    return holder.dropped ? [{ table, at: holder.dropped, was, lost, copiers, ...(made && { made }) }] : [];
  });
}

/** The tables that rows went through, first and last included. */
function pathTo(from: Holder, end: Holder): Holder[] | undefined {
  const before = new Map<Holder, Holder | undefined>([[from, undefined]]);
  for (const holder of before.keys()) {
    if (holder === end) break;
    for (const copy of holder.copies) if (!before.has(copy)) before.set(copy, holder);
  }
  if (!before.has(end)) return undefined;
  const path: Holder[] = [];
  for (let at: Holder | undefined = end; at; at = before.get(at)) path.unshift(at);
  return path;
}
