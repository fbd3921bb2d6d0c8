import type { FrontEnd } from '../frontends/front-end.js';
import type { Dialect, FileFacts, Statement } from '../ir/index.js';
import { statementsIn } from '../queries/operations.js';
import type { FactsCache } from './cache/facts-cache.js';
import type { InternalError } from './finding.js';
import { internalError } from './internal-error.js';
import type { ReadFile } from './reading.js';

/** The statements of a file that stand in no other statement. */
function* outermost({ migrations, statements }: FileFacts): Generator<Statement> {
  for (const { up, down } of migrations) {
    for (const step of [...up.steps, ...down.steps]) if ('statement' in step) yield step.statement;
  }
  yield* statements;
}

/**
 * Confirms the statements of files with the grammars of their dialects, which are loaded only where there are any.
 * What these say is written into the facts.
 * @param cache what they said before; it learns what they say now
 */
export async function verifyStatements(
  files: readonly ReadFile[],
  frontEnds: readonly FrontEnd[],
  errors: InternalError[],
  cache?: FactsCache,
): Promise<void> {
  const open = files.filter(({ facts }) => !cache?.restoreVerdicts(facts));
  const dialects = new Set<Dialect>();
  for (const { facts } of open) for (const { dialect } of statementsIn(facts)) dialects.add(dialect);
  const verifying = frontEnds.find(({ loadVerifier }) => loadVerifier !== undefined);
  if (dialects.size === 0 || verifying?.loadVerifier === undefined) return;
  const verify = await verifying.loadVerifier(dialects);
  for (const { facts } of open) {
    try {
      verify(outermost(facts));
      cache?.keepVerdicts(facts);
    } catch (error) {
      errors.push(internalError(error, { path: facts.path }));
    }
  }
}
