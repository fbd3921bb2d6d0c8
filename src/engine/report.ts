import type { Config } from '../config/config.js';
import type { ResolvedConfig } from '../config/resolve.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Dialect, Project, ProjectSettings } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { standingOf, type BaseSettings, type Standing } from './base.js';
import type { FactsCache } from './cache/facts-cache.js';
import { checkerOf } from './check.js';
import { argumentFinding } from './engine-findings.js';
import type { LintResult } from './finding.js';
import type { Git } from './git.js';
import type { ReadProject } from './project.js';
import type { ReadFile } from './reading.js';
import type { Selection } from './reported.js';
import { inOrder } from './run-rules.js';
import { summarise } from './summary.js';
import { verifyStatements } from './verification.js';

/** What findings are made from, beside the project that was read. */
export interface Reporting {
  config: Config;
  resolved: ResolvedConfig;
  rules: Readonly<Record<string, Rule>>;
  frontEnds: readonly FrontEnd[];
  git?: Git | undefined;
  base: BaseSettings;
  /** The files to report on. */
  reported: readonly ReadFile[];
  /** Arguments that name nothing. */
  failures: Selection['failures'];
  cache?: FactsCache | undefined;
}

const needsSqlAst = ({ resolved, rules }: Reporting, path: string): boolean =>
  [...resolved.rulesFor(path).keys()].some((id) => rules[id]!.needs.includes('sql-ast'));

/** What rules are told about the project as a whole. */
export function projectSettings(
  config: Config,
  found: Dialect | undefined,
  { shipped, edited }: Standing,
): ProjectSettings {
  const { postgresVersion, mysqlVersion } = config;
  const assumeInTransaction = config.migrations?.assumeInTransaction;
  return {
    dialect: config.dialect ?? found ?? 'unknown',
    ...(postgresVersion !== undefined && { postgresVersion }),
    ...(mysqlVersion !== undefined && { mysqlVersion }),
    ...(assumeInTransaction !== undefined && { assumeInTransaction }),
    shipped,
    ...(edited.size > 0 && { edited }),
  };
}

/** Confirms statements where a rule asks for it, runs the rules, and counts. */
export async function report(read: ReadProject, given: Reporting): Promise<LintResult> {
  const { config, resolved, rules, frontEnds, reported } = given;
  const verified = reported.filter(({ facts }) => needsSqlAst(given, facts.path));
  await verifyStatements(verified, frontEnds, read.errors, given.cache);

  const files = read.files.map(({ facts }) => facts);
  const standing = await standingOf(read.files, given.git, given.base);
  const project: Project = { files, settings: projectSettings(config, read.dialect?.dialect, standing) };
  const found = await checkerOf(read.files, { rules, project })(reported, resolved, read.errors);
  const findings = inOrder([...found, ...given.failures.flatMap((failure) => argumentFinding(failure, resolved))]);
  return { findings, summary: summarise(read, standing.shipped, findings), errors: read.errors };
}
