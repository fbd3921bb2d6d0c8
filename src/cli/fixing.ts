import { join } from 'node:path';
import type { Finding, LintResult } from '../engine/finding.js';
import { fixFile } from '../engine/fixes.js';
import { gitAt } from '../engine/git.js';
import { printable } from '../reporters/printable.js';
import type { Io } from './io.js';

/** A fix can make place for another one; rules that undo each other must not go on forever. */
const mostRounds = 10;

/** Staged files whose work-tree copy differs: what would be fixed is not what was linted. */
function partlyStaged(cwd: string): Set<string> {
  const entries = gitAt(cwd)?.entries(['diff', '--name-only', '--relative', '-z']) ?? [];
  return new Set(entries);
}

/**
 * Writes the safe fixes of one result.
 * @returns the number of fixes by path; undefined for a file that is no longer what was linted
 */
function writeFixes(
  cwd: string,
  findings: readonly Finding[],
  skipped: ReadonlySet<string>,
): Map<string, number | undefined> {
  const fixes = new Map<string, NonNullable<Finding['fix']>[]>();
  for (const { path, fix } of findings) {
    if (fix && !skipped.has(path)) fixes.set(path, [...(fixes.get(path) ?? []), fix]);
  }
  return new Map(
    [...fixes].map(([path, all]) => [
      path,
      fixFile(
        join(cwd, path),
        all.map(({ edits }) => edits),
        all[0]!.hash,
      ),
    ]),
  );
}

/**
 * Writes safe fixes and lints again until there is none left. What is staged is fixed in the work tree, once: the index
 * stays as it is, and so do the findings of what it holds.
 */
export async function fixed(lint: () => Promise<LintResult>, staged: boolean, { cwd, err }: Io): Promise<LintResult> {
  const skipped = staged ? partlyStaged(cwd) : new Set<string>();
  const touched = new Map<string, number>();
  let result = await lint();
  for (const path of new Set(
    result.findings.filter(({ path, fix }) => fix && skipped.has(path)).map(({ path }) => path),
  )) {
    err.write(`ddlint: ${printable(path)} is staged in part and not fixed; stage or stash the rest of it first.\n`);
  }
  for (let round = 0; round < mostRounds; round += 1) {
    const written = [...writeFixes(cwd, result.findings, skipped)].filter(([, count]) => count !== 0);
    if (written.length === 0) break;
    for (const [path, count] of written) {
      if (count !== undefined) {
        touched.set(path, (touched.get(path) ?? 0) + count);
        continue;
      }
      skipped.add(path);
      err.write(`ddlint: ${printable(path)} is not fixed: it changed meanwhile, or its encoding is not UTF-8.\n`);
    }
    if (staged) break;
    result = await lint();
  }
  if (touched.size > 0) {
    const count = [...touched.values()].reduce((sum, each) => sum + each, 0);
    const files = touched.size === 1 ? '1 file' : `${touched.size} files`;
    err.write(
      `ddlint: ${count === 1 ? '1 fix' : `${count} fixes`} written in ${files}${staged ? ', not staged yet' : ''}.\n`,
    );
  }
  return result;
}
