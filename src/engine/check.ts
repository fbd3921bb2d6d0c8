import { commentsIn } from '../queries/operations.js';
import type { ResolvedConfig } from '../config/resolve.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Authoring, Project } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { problemFindings, suppressionFindings } from './engine-findings.js';
import { engineRules } from './engine-rules.js';
import type { Finding, InternalError } from './finding.js';
import { LineTable } from './positions.js';
import type { ReadFile } from './reading.js';
import { inOrder, runRules } from './run-rules.js';
import { suppress } from './suppressions.js';

/** The pens of front ends, each loaded when a file of its language is checked. */
async function penFor(
  { source, frontEnd, facts }: ReadFile,
  pens: Map<FrontEnd, Awaited<ReturnType<FrontEnd['loadPen']>>>,
): Promise<Authoring> {
  let pen = pens.get(frontEnd);
  if (pen === undefined) pens.set(frontEnd, (pen = await frontEnd.loadPen()));
  return pen(source, facts.dialect);
}

/** Runs the rules that a configuration turns on over some files, and applies suppressions. */
export type Check = (files: readonly ReadFile[], config: ResolvedConfig, errors: InternalError[]) => Promise<Finding[]>;

/**
 * What checks files of a project, again and again for an editor.
 * @param all every file that was read, for the places that findings are related to
 */
export function checkerOf(
  all: readonly ReadFile[],
  { rules, project }: { rules: Readonly<Record<string, Rule>>; project: Project },
): Check {
  const byPath = new Map(all.map((file) => [file.facts.path, file]));
  const tables = new Map<string, LineTable>();
  const lines = (path: string): LineTable | undefined => {
    const file = byPath.get(path);
    let table = tables.get(path);
    if (table === undefined && file !== undefined) {
      tables.set(path, (table = new LineTable(file.source.text, file.facts.frontend)));
    }
    return table;
  };
  const known = new Set([...Object.keys(rules), ...Object.keys(engineRules)]);
  const pens = new Map<FrontEnd, Awaited<ReturnType<FrontEnd['loadPen']>>>();
  return async (files, config, errors) => {
    const findings: Finding[] = [];
    for (const file of files) {
      const { path, problems } = file.facts;
      const table = lines(path)!;
      const on = new Set([...config.rulesFor(path).keys(), ...Object.keys(engineRules)]);
      const placed = [
        ...runRules(file, await penFor(file, pens), { rules, project, config, lines }, errors),
        ...problemFindings(path, problems, table, config),
      ];
      const commented = { text: file.source.text, lines: table, comments: commentsIn(file.facts) };
      const { kept, problems: wrong } = suppress(placed, commented, { rules: known, on });
      findings.push(...kept.map(({ finding }) => finding), ...suppressionFindings(path, wrong, commented, config));
    }
    return inOrder(findings);
  };
}
