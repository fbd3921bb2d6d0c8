import type { ResolvedConfig, RuleSetting } from '../config/resolve.js';
import type { Project } from '../ir/index.js';
import type { Rule } from '../rule.js';
import type { Check } from './check.js';
import type { Finding, InternalError } from './finding.js';
import type { ReadFile } from './reading.js';

/** A project as it was read once. */
export interface Snapshot {
  project: Project;
  files: readonly ReadFile[];
  check: Check;
  config: ResolvedConfig;
  errors: readonly InternalError[];
}

/** One file of a project, with the text in hand. */
export class FileInHand {
  /** Absent where nothing in the file matters, or the configuration ignores it. */
  private readonly file: ReadFile | undefined;

  constructor(
    private readonly path: string,
    private readonly snapshot: Snapshot,
    private readonly rules: Readonly<Record<string, Rule>>,
  ) {
    this.file = snapshot.files.find(({ facts }) => facts.path === path);
  }

  /**
   * The findings of one rule in the file, suppressions applied; none for a rule that the configuration turns off, and
   * none of severity `info`.
   * @param id of a rule, or of one of the engine's own findings
   * @param options over those of the configuration
   * @throws Error where ddlint itself fails
   */
  async check(id: string, options: { [name: string]: unknown } = {}): Promise<Finding[]> {
    const { config, check, errors: failures } = this.snapshot;
    const failure = failures.find(({ path }) => path === this.path);
    if (failure) throw new Error(failure.message);
    if (this.file === undefined || config.isOff(id, this.path)) return [];
    const rule = this.rules[id];
    const only: ResolvedConfig = {
      ...config,
      rulesFor: () => new Map(rule ? [[id, this.settingOf(id, rule, options)]] : []),
      engineSeverity: (each) => (each === id ? 'warn' : undefined),
    };
    const errors: InternalError[] = [];
    const findings = await check([this.file], only, errors);
    if (errors.length > 0) throw new Error(errors[0]!.message);
    return findings.filter((finding) => finding.rule === id && finding.severity !== 'info');
  }

  private settingOf(id: string, rule: Rule, options: { [name: string]: unknown }): RuleSetting {
    const defaults = Object.entries(rule.options).map(([name, option]) => [name, option.default] as const);
    const configured = this.snapshot.config.rulesFor(this.path).get(id)?.options;
    return {
      severity: 'warn',
      explicit: false,
      options: { ...Object.fromEntries(defaults), ...configured, ...options },
    };
  }
}
