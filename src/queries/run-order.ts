import type { Dialect, FileFacts, Operation, Project, QualifiedName } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { changesIn } from './changes.js';
import { objectKey } from './names.js';
import type { PlacedOperation } from './operations.js';

interface Step {
  index: number;
  placed: PlacedOperation;
}

type Drop = Extract<Operation, { kind: 'DropIndex' | 'DropConstraint' }>;

/** Operations that run one after another, and for each table or view those that name it: what comes before and after. */
export class RunOrder {
  readonly #steps = new Map<string, Step[]>();
  /** Those that drop an index or a constraint. */
  readonly drops: readonly Drop[];
  /** Place of the first operation that may do anything. */
  readonly #unread: number;

  constructor(
    readonly operations: readonly PlacedOperation[],
    readonly dialect: Dialect,
  ) {
    this.drops = operations.flatMap(({ operation }) =>
      operation.kind === 'DropIndex' || operation.kind === 'DropConstraint' ? [operation] : [],
    );
    this.#unread = operations.findIndex(({ operation }) => operation.kind === 'Opaque' && operation.anything === true);
    for (const [index, placed] of operations.entries()) {
      for (const key of new Set(namesOf(placed.operation).map((name) => objectKey(name, dialect)))) {
        const steps = this.#steps.get(key);
        if (steps) steps.push({ index, placed });
        else this.#steps.set(key, [{ index, placed }]);
      }
    }
  }

  /** What names the table or view before the operation at a place in the list. */
  before(name: QualifiedName, index: number): PlacedOperation[] {
    return this.#on(name).flatMap((step) => (step.index < index ? [step.placed] : []));
  }

  /** What names the table or view after the operation at a place in the list. */
  after(name: QualifiedName, index: number): PlacedOperation[] {
    return this.#on(name).flatMap((step) => (step.index > index ? [step.placed] : []));
  }

  /** Whether something that could not be read comes before a place in the list and may have changed the rows of a table. */
  isUnreadBefore(name: QualifiedName, index: number): boolean {
    if (this.#unread >= 0 && this.#unread < index) return true;
    return this.before(name, index).some(({ operation: { kind } }) => kind === 'Opaque' || kind === 'Merge');
  }

  /** Whether two names are those of one object. */
  same(one: QualifiedName, other: QualifiedName): boolean {
    return objectKey(one, this.dialect) === objectKey(other, this.dialect);
  }

  #on(name: QualifiedName): readonly Step[] {
    return this.#steps.get(objectKey(name, this.dialect)) ?? [];
  }
}

/** The changes of a file (see changesIn) in the order in which they run: nearly every rule about change asks for the same. */
export function runOrderOf(project: Project, facts: FileFacts, options = { down: false }): RunOrder {
  const known = runOrders(project)[options.down ? 'all' : 'up'];
  let order = known.get(facts);
  if (order === undefined) known.set(facts, (order = new RunOrder(changesIn(project, facts, options), facts.dialect)));
  return order;
}

/** Filled as files are asked for. */
const runOrders = defineQuery(() => ({ up: new Map<FileFacts, RunOrder>(), all: new Map<FileFacts, RunOrder>() }));

function namesOf(operation: Operation): QualifiedName[] {
  const names = 'table' in operation && operation.table ? [operation.table] : [];
  if (operation.kind === 'RenameTable') names.push(operation.to);
  if ('view' in operation) names.push(operation.view);
  if (operation.kind === 'Opaque') names.push(...operation.touches);
  return names;
}
