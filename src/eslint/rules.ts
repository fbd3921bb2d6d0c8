import { rules } from '../../rules/index.js';
import type { EngineRule } from '../engine/engine-rules.js';
import { fromEngineRule, fromRule, type EslintRule } from './rule.js';

/**
 * Findings of the engine that ESLint shows. Not the one about unused suppressions: a rule that is off in ESLint would
 * make every suppression of it look unused.
 */
export const shownEngineRules = [
  'ddlint/unreadable-file',
  'ddlint/malformed-suppression',
] as const satisfies readonly EngineRule[];

/** The name of a rule inside the plugin: findings of the engine have the plugin's name in their id already. */
const nameIn = (id: string): string => id.replace(/^ddlint\//, '');

/** The name of a rule in ESLint's configuration and output. */
export const eslintName = (id: string): string => `ddlint/${nameIn(id)}`;

/** ddlint's rules as ESLint rules, by their names inside the plugin. */
export const eslintRules: { [name: string]: EslintRule } = {
  ...Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, fromRule(id, rule)])),
  ...Object.fromEntries(shownEngineRules.map((id) => [nameIn(id), fromEngineRule(id)])),
};
