import type { Constraint, Migration, Operation, QualifiedName, Step } from '../../../ir/index.js';
import { conventionalName, indexName, nameConstraint, type Convention } from '../models/naming.js';
import type { ModuleSymbols } from '../models/raw.js';
import { exactName } from '../source.js';
import { conventionFor } from './collections.js';
import type { World } from './world.js';

/**
 * The naming convention that Alembic names by in revisions: that of the `target_metadata` of the env.py above them.
 * @param path of the revision script
 * @param envs the modules of env.py files by their folder
 */
export function revisionConvention(
  path: string,
  envs: ReadonlyMap<string, ModuleSymbols>,
  world: World,
): Convention | undefined {
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    const env = envs.get(path.slice(0, at));
    if (env !== undefined) return env.target ? conventionFor(env.target, env.module, world) : undefined;
    if (at === 0) break;
  }
  return undefined;
}

/** A migration whose keys and indexes have the names that a convention gives them. */
export function named(migration: Migration, convention: Convention): Migration {
  const steps = (body: Step[]): Step[] =>
    body.map((step) =>
      'operation' in step ? { ...step, operation: namedOperation(structuredClone(step.operation), convention) } : step,
    );
  return {
    ...migration,
    up: { ...migration.up, steps: steps(migration.up.steps) },
    down: { ...migration.down, steps: steps(migration.down.steps) },
  };
}

const tableNames = ({ name, schema }: QualifiedName) => ({
  name: name.value,
  ...(schema && { schema: schema.value }),
});

const kinds: { [kind in Constraint['kind']]?: string } = { check: 'ck', unique: 'uq', primary: 'pk', foreign: 'fk' };

function namedOperation(operation: Operation, convention: Convention): Operation {
  switch (operation.kind) {
    case 'AddConstraint':
      nameConstraint(operation.constraint, convention, tableNames(operation.table));
      break;
    case 'AddColumn':
      for (const each of operation.column.constraints) nameConstraint(each, convention, tableNames(operation.table));
      break;
    case 'CreateTable': {
      const { columns, constraints } = operation.definition;
      for (const each of [...constraints, ...columns.flatMap((column) => column.constraints)])
        nameConstraint(each, convention, tableNames(operation.table));
      break;
    }
    case 'CreateIndex': {
      const { index, table } = operation;
      const name = index.name?.generated ? indexName(index, convention, tableNames(table), index.span) : undefined;
      if (name !== undefined) index.name = name;
      break;
    }
    case 'DropConstraint': {
      const { constraint, constraintKind, table } = operation;
      const kind = constraintKind && kinds[constraintKind];
      // Without its type the constraint is dropped by the name as it is.
      if (constraint === undefined || constraint.final || kind === undefined) break;
      if (convention[kind]?.includes('%(constraint_name)s') !== true) break;
      const { name, schema } = tableNames(table);
      const made = conventionalName(kind, convention, {
        table: name,
        ...(schema !== undefined && { schema }),
        columns: [],
        given: constraint.value,
      });
      if (made !== undefined)
        operation.constraint = { ...exactName(made, constraint.span), generated: true, final: true };
      break;
    }
  }
  return operation;
}
