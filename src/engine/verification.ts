import type { FrontEnd } from '../frontends/front-end.js';
import type { Dialect, FileFacts, MigrationBody, Statement } from '../ir/index.js';
import { statementsIn } from '../queries/operations.js';
import { internalError, type ReadFile } from './project.js';
import type { InternalError } from './finding.js';

const inBody = (body: MigrationBody, verify: (statement: Statement) => Statement): MigrationBody => ({
  ...body,
  steps: body.steps.map((step) => ('statement' in step ? { statement: verify(step.statement) } : step)),
});

/** Facts with each outermost statement replaced by what `verify` makes of it. */
function withStatements(facts: FileFacts, verify: (statement: Statement) => Statement): FileFacts {
  return {
    ...facts,
    statements: facts.statements.map(verify),
    migrations: facts.migrations.map((migration) => ({
      ...migration,
      up: inBody(migration.up, verify),
      down: inBody(migration.down, verify),
    })),
  };
}

/** Confirms the statements of files with the grammars of their dialects, which are loaded only when there are any. */
export async function verifyStatements(
  files: readonly ReadFile[],
  frontEnds: readonly FrontEnd[],
  errors: InternalError[],
): Promise<void> {
  const dialects = new Set<Dialect>();
  for (const { facts } of files) for (const { dialect } of statementsIn(facts)) dialects.add(dialect);
  const load = frontEnds.find(({ loadVerifier }) => loadVerifier !== undefined);
  if (dialects.size === 0 || load?.loadVerifier === undefined) return;
  const verify = await load.loadVerifier([...dialects]);
  for (const file of files) {
    try {
      file.facts = withStatements(file.facts, verify);
    } catch (error) {
      errors.push(internalError(error, { path: file.facts.path }));
    }
  }
}
