import type { Dialect, Project } from '../../../src/ir/index.js';
import { loadVerifier } from '../../../src/frontends/sql/verify.js';
import { statementsIn } from '../../../src/queries/operations.js';

/** The same project, with what the grammars of its dialects know of its statements. */
export async function verified(project: Project): Promise<Project> {
  const statements = project.files.flatMap((facts) => [...statementsIn(facts)]);
  const dialects = new Set(statements.map(({ dialect }): Dialect => dialect));
  (await loadVerifier(dialects))(statements);
  return project;
}
