import type { Rule, Severity } from '../rule.js';
import type { PresetName } from './config.js';

/** The name of one of the documents that the preset `standards` stands for. */
const standard = /^\d{3}_[0-9a-f]{16}\.txt$/;

/** Whether one of the five standards asks for the rule. */
const isStandard = (rule: Pick<Rule, 'sources'>): boolean => rule.sources.some((source) => standard.test(source));

/** The severity of a rule in a preset; absent where the preset doesn't hold it. `strict` holds all of `recommended`. */
function severityIn(preset: PresetName, rule: Rule): Severity | undefined {
  const base = preset === 'standards' ? 'strict' : preset;
  const held =
    preset === 'standards'
      ? isStandard(rule)
      : rule.presets.includes(base) || (base === 'strict' && rule.presets.includes('recommended'));
  return held ? (rule.presetSeverity?.[base] ?? rule.severity) : undefined;
}

/** The rules of a preset with their severities. */
export function presetRules(preset: PresetName, rules: Readonly<Record<string, Rule>>): Record<string, Severity> {
  const entries = Object.entries(rules).flatMap(([id, rule]) => {
    const severity = severityIn(preset, rule);
    return severity === undefined ? [] : [[id, severity] as const];
  });
  return Object.fromEntries(entries);
}
