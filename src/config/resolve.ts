import { posix } from 'node:path';
import type { Dialect } from '../ir/index.js';
import type { OptionValues } from '../options.js';
import type { Rule, Severity } from '../rule.js';
import { engineRules, type EngineRule } from '../engine/engine-rules.js';
import type { Config, RuleEntries } from './config.js';
import { pathMatcher } from './globs.js';
import { presetRules } from './presets.js';

/** How a rule is set for one file. */
export interface RuleSetting {
  severity: Severity;
  /** The user named a severity, which then wins over what the rule itself says of a finding. */
  explicit: boolean;
  options: OptionValues<Rule['options']>;
}

/** The configuration of a run, per file. */
export interface ResolvedConfig {
  /** The rules that are on. */
  rulesFor(path: string): ReadonlyMap<string, RuleSetting>;
  /** Whether the user turned a rule off for a file, which a rule that no preset holds is not. */
  isOff(rule: string, path: string): boolean;
  /** The severity of a finding of the engine itself; absent where it is turned off. */
  engineSeverity(rule: EngineRule, path: string): Severity | undefined;
  /** What the user says the dialect is. */
  dialectFor(path: string): Dialect | undefined;
}

interface Chosen {
  severity: Severity | 'off';
  explicit: boolean;
  options: { [option: string]: unknown };
}

/** Lays the entries of one `rules` object over what was chosen before; a severity alone keeps the options. */
function layOver(chosen: Map<string, Chosen>, entries: RuleEntries | undefined): void {
  for (const [id, entry] of Object.entries(entries ?? {})) {
    const [severity, options] = Array.isArray(entry) ? entry : [entry, undefined];
    chosen.set(id, { severity, explicit: true, options: options ?? chosen.get(id)?.options ?? {} });
  }
}

function presetChoice(config: Config, rules: Readonly<Record<string, Rule>>): Map<string, Chosen> {
  const chosen = new Map<string, Chosen>();
  for (const preset of [config.extends ?? 'recommended'].flat()) {
    for (const [id, severity] of Object.entries(presetRules(preset, rules))) {
      chosen.set(id, { severity, explicit: false, options: {} });
    }
  }
  return chosen;
}

const withDefaults = (rule: Rule, given: { [option: string]: unknown }): RuleSetting['options'] =>
  Object.fromEntries(
    Object.entries(rule.options).map(([name, option]) => [
      name,
      Object.hasOwn(given, name) ? given[name] : option.default,
    ]),
  );

/**
 * Resolves a checked configuration.
 * @param prefix path from the configuration file's folder to the project's root, as globs are relative to the former
 */
export function resolveConfig(config: Config, rules: Readonly<Record<string, Rule>>, prefix = ''): ResolvedConfig {
  const overrides = (config.overrides ?? []).map((override) => ({ ...override, matches: pathMatcher(override.files) }));
  const matching = (path: string): typeof overrides =>
    overrides.filter(({ matches }) => matches(posix.join(prefix, path)));
  const sets = new Map<string, { rules: Map<string, RuleSetting>; chosen: Map<string, Chosen> }>();

  const setFor = (path: string): { rules: Map<string, RuleSetting>; chosen: Map<string, Chosen> } => {
    const active = matching(path);
    const key = active.map((override) => overrides.indexOf(override)).join();
    let set = sets.get(key);
    if (set === undefined) {
      const chosen = presetChoice(config, rules);
      for (const each of [config.rules, ...active.map((override) => override.rules)]) layOver(chosen, each);
      const settings = new Map<string, RuleSetting>();
      for (const id of [...chosen.keys()].sort()) {
        const { severity, explicit, options } = chosen.get(id)!;
        const rule = rules[id];
        if (rule === undefined || severity === 'off') continue;
        settings.set(id, { severity, explicit, options: withDefaults(rule, options) });
      }
      sets.set(key, (set = { rules: settings, chosen }));
    }
    return set;
  };

  return {
    rulesFor: (path) => setFor(path).rules,
    isOff: (rule, path) => setFor(path).chosen.get(rule)?.severity === 'off',
    engineSeverity(rule, path) {
      const severity = setFor(path).chosen.get(rule)?.severity ?? engineRules[rule].severity;
      return severity === 'off' ? undefined : severity;
    },
    dialectFor: (path) => matching(path).findLast(({ dialect }) => dialect !== undefined)?.dialect ?? config.dialect,
  };
}
