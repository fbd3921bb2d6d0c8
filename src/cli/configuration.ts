import type { Config, PresetName, RuleEntries, RuleEntry } from '../config/config.js';
import type { LintProjectOptions } from '../engine/lint.js';
import { UsageError } from './usage-error.js';

/** The flags that decide about the configuration, for every command that lints. */
export const configurationFlags = {
  config: { value: 'FILE', help: 'Read this configuration instead of searching for one.' },
  preset: {
    value: 'NAME',
    help: 'recommended, strict, online or standards, instead of what the configuration extends.',
  },
  rule: { value: 'ID=SEVERITY', many: true, help: 'Set one rule to off, info, warn or error.' },
} as const;

export interface ConfigurationValues {
  config?: string;
  preset?: string;
  rule?: string[];
}

function ruleEntries(wishes: readonly string[]): RuleEntries {
  return Object.fromEntries(
    wishes.map((wish): [string, RuleEntry] => {
      const at = wish.indexOf('=');
      if (at <= 0) throw new UsageError(`--rule ${wish} does not have the form <rule>=<severity>`);
      return [wish.slice(0, at), wish.slice(at + 1) as RuleEntry];
    }),
  );
}

/** What the flags say, in the engine's words. Names of presets, rules and severities are checked with the configuration. */
export function configurationOf({
  config,
  preset,
  rule,
}: ConfigurationValues): Pick<LintProjectOptions, 'config' | 'additions'> {
  const additions: Pick<Config, 'extends' | 'rules'> = {
    ...(preset !== undefined && { extends: preset as PresetName }),
    ...(rule !== undefined && { rules: ruleEntries(rule) }),
  };
  const given = Object.keys(additions).length > 0;
  return { ...(config !== undefined && { config }), ...(given && { additions }) };
}
