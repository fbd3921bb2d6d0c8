import type { Name, Operation, QualifiedName } from '../ir/index.js';
import { folded } from './names.js';
import type { Schema } from './replay.js';
import { columnKey } from './replay/state.js';

/** The tables and columns that a migration makes. */
export class MadeHere {
  readonly #keys = new Set<string>();

  constructor(private readonly schema: Schema) {}

  note(operation: Operation): void {
    if (operation.kind === 'CreateTable') this.#keys.add(this.#key(operation.table));
    if (operation.kind === 'AddColumn') this.#keys.add(this.#key(operation.table, operation.column.name));
  }

  /** Whether an operation does nothing but to fill or finish what the migration has made. */
  holds(operation: Operation): boolean {
    if (
      !('table' in operation) ||
      !operation.table ||
      /^(?:CreateTable|DropTable|RenameTable|SetSchema)$/.test(operation.kind)
    )
      return false;
    if (this.#keys.has(this.#key(operation.table))) return true;
    const columns = columnsOf(operation);
    return columns.length > 0 && columns.every((column) => this.#keys.has(this.#key(operation.table!, column)));
  }

  #key(table: QualifiedName, column?: Name): string {
    const { dialect } = this.schema;
    const name = `${table.schema ? folded(table.schema, dialect) : ''}.${folded(table.name, dialect)}`;
    return column ? `${name} ${columnKey(column.value)}` : name;
  }
}

/** The columns that an operation works on and no others. */
function columnsOf(operation: Operation): readonly Name[] {
  switch (operation.kind) {
    case 'Update':
      return operation.columns;
    case 'AlterColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
      return [operation.column];
    case 'CommentOn':
      return operation.column ? [operation.column] : [];
    default:
      return [];
  }
}
