import { readProject } from '../../../src/engine/project.js';
import { memoryTree } from '../../../src/engine/tree.js';
import { frontEnds } from '../../../src/frontends/registry.js';
import { pairKey } from '../../../src/frontends/sql/runners.js';
import type { FileFacts, MigrationBody, Step } from '../../../src/ir/index.js';
import { histories } from '../../../src/queries/revision-graph.js';
import { brief } from '../brief.js';

/** The facts of SQL files as a run finds them: folders, runners and dialects discovered. */
export async function factsOf(files: Readonly<Record<string, string>>): Promise<FileFacts[]> {
  const settings = { config: {}, dialectFor: () => undefined, fromConfig: (path: string) => path };
  const read = await readProject(
    memoryTree(files),
    frontEnds.filter(({ id }) => id === 'sql'),
    settings,
  );
  return read.files.map(({ facts }) => facts);
}

/**
 * The histories of a project, one line for each history, migration and step: `no DropTable a` is run outside of a
 * transaction, `yes` inside of one, `unknown` is what it says; `in one string` with others where that is added. A half in a file of its own is told with its path.
 */
export async function historiesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const facts = await factsOf(files);
  const downs = facts.flatMap(({ path, migrations }) =>
    migrations.filter(({ half }) => half === 'down').map((migration) => ({ path, migration })),
  );
  const project = {
    files: facts,
    settings: { dialect: 'unknown', shipped: new Set<string>() },
  } as const;
  const lines = histories(project).flatMap(({ runner, folder, ordered }) => [
    `${runner} in ${folder}, ${ordered[0]!.facts.dialect}`,
    ...ordered.flatMap(({ migration }) => {
      const down = downs.find((other) => pairKey(other.migration) === pairKey(migration));
      return [
        `  ${migration.id}`,
        ...half('up', migration.up),
        ...(down ? half(`down in ${down.path}`, down.migration.down) : half('down', migration.down)),
      ];
    }),
  ]);
  const loose = facts.filter(({ statements }) => statements.length > 0);
  return [...lines, ...loose.map(({ path, dialect }) => `no migration: ${path}, ${dialect}`)];
}

const half = (name: string, { state, steps }: MigrationBody): string[] =>
  steps.length === 0 ? [`    ${name}: ${state}`] : [`    ${name}`, ...steps.flatMap(step)];

function step(each: Step): string[] {
  if (!('statement' in each)) return [];
  const { operations, inTransaction, together, guard } = each.statement;
  const under = guard ? ` if ${guard.dialects?.join(' or ') ?? guard.kind}` : '';
  const state = together ? `${inTransaction}, in one string:` : inTransaction;
  return operations.map((operation) => `      ${state} ${brief(operation)}${under}`);
}
