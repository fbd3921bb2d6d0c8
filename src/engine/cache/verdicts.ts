import type { FileFacts, StatementProblem } from '../../ir/index.js';
import { statementsIn } from '../../queries/operations.js';

/** What verification did to one statement: nothing, raised it to `ast`, or left these problems in it. */
type Verdict = 0 | 1 | StatementProblem[];

/** What the grammars said of a file's statements, as JSON. */
export function verdictsOf(facts: FileFacts): string {
  const verdicts = [...statementsIn(facts)].map(({ provenance, operations, problems }): Verdict => {
    if (problems.length > 0) return problems;
    return provenance === 'ast' || operations.some((each) => each.provenance === 'ast') ? 1 : 0;
  });
  return JSON.stringify(verdicts);
}

/** Writes into unverified facts what the grammars said of them before. Returns whether it could. */
export function applyVerdicts(facts: FileFacts, json: string): boolean {
  if (json === '') return false;
  const verdicts = JSON.parse(json) as Verdict[];
  const statements = [...statementsIn(facts)];
  if (statements.length !== verdicts.length) return false;
  for (const [index, statement] of statements.entries()) {
    const verdict = verdicts[index]!;
    if (verdict === 0) continue;
    if (verdict !== 1) statement.problems = verdict;
    else
      for (const each of [statement, ...statement.operations]) if (each.provenance === 'shape') each.provenance = 'ast';
  }
  return true;
}
