import { rules } from '../../../rules/index.js';
import type { ResolvedConfig } from '../../config/resolve.js';
import { trunkBase } from '../../engine/base.js';
import type { Finding, LintResult } from '../../engine/finding.js';
import type { Git } from '../../engine/git.js';
import type { LintProjectOptions } from '../../engine/lint.js';
import { inOrder } from '../../engine/run-rules.js';
import { lintProject } from '../../index.js';
import type { ReportContext } from '../../reporters/reporter.js';
import { readConfiguration, type Configuration } from '../resolved-configuration.js';
import { sourceReader } from '../source.js';
import { brokenHistory, editedMigration, type HistoryProblem } from './broken-history.js';
import { ownChanges, type Change } from './changes.js';
import { foldersOf, kept } from './folders.js';
import { Snapshot } from '../../engine/snapshot.js';

/** What the index changes against a commit. */
export interface ProjectChange {
  /** Absent before the first commit, as is `before`. */
  from: string | undefined;
  before: Snapshot | undefined;
  after: Snapshot;
  changes: readonly Change[];
  /** The revision that the user compares with; what stood at `from` has shipped then. */
  since: string | undefined;
}

/** Rules that look at a history as a whole, whose findings may stand in files that no one changed. */
function isAboutHistory(id: string): boolean {
  const needs = rules[id]?.needs ?? [];
  return /^(?:migration|drift)\//.test(id) && (needs.includes('history') || needs.includes('project'));
}

/** The command is asked what was done to shipped migrations: only the configuration silences it, not a preset. */
function findingsOf(problems: readonly HistoryProblem[], config: ResolvedConfig): Finding[] {
  return problems.flatMap((problem) => {
    const { rule, path } = problem;
    const severity = config.rulesFor(path).get(rule)?.severity ?? rules[rule]!.severity;
    return config.isOff(rule, path) ? [] : [{ ...problem, severity }];
  });
}

async function historyProblems(
  git: Git,
  { from, before, after, changes, since }: ProjectChange,
  configuration: Configuration,
): Promise<HistoryProblem[]> {
  const wanted = kept(configuration);
  const judged = ownChanges(git, changes).filter(({ path, kind }) => kind !== 'added' && wanted(path));
  if (from === undefined || before === undefined || judged.length === 0) return [];
  const { config } = configuration;
  const named = config.migrations?.base;
  const trunk = (named === undefined ? undefined : git.commit(named)) ?? trunkBase(git, 'HEAD');
  const shipped = since === undefined ? trunk : from;
  const base = shipped === from ? before : Snapshot.ofCommit(git, shipped);
  return brokenHistory({
    base,
    before,
    after,
    folders: foldersOf(git.cwd, before, configuration, wanted),
    changes: judged,
  });
}

/** Lints what concerns the history as a whole, deleted and edited migrations included. */
export async function checkedProject(
  git: Git,
  change: ProjectChange,
  wish: Pick<LintProjectOptions, 'config' | 'additions' | 'cache'>,
): Promise<{ result: LintResult; source: ReportContext['source'] }> {
  const { cwd } = git;
  const configuration = await readConfiguration(cwd, wish, rules);
  const problems = await historyProblems(git, change, configuration);
  const linted = await lintProject({ cwd, ...wish });
  const findings = inOrder([
    ...findingsOf(problems, configuration.resolved),
    ...linted.findings.filter(({ rule }) => isAboutHistory(rule) && rule !== editedMigration),
  ]);
  const counts = { error: 0, warn: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  const current = sourceReader(cwd, true);
  return {
    result: { ...linted, findings, summary: { ...linted.summary, findings: counts } },
    source: (path) => current(path) ?? change.before?.read(path)?.toString('utf8'),
  };
}
