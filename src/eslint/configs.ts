import type { ConfigObject, Plugin, RuleConfig } from '@eslint/core';
import { rules } from '../../rules/index.js';
import { ConfigurationError } from '../config/errors.js';
import { presetRules } from '../config/presets.js';
import { didYouMean } from '../config/suggestion.js';
import { engineRules } from '../engine/engine-rules.js';
import { frontEnds } from '../frontends/registry.js';
import type { DdlintSettings } from './analysis.js';
import { fingerprintOf } from './fingerprint.js';
import { eslintName, shownEngineRules } from './rules.js';

/** What `ddlint.config()` takes. */
export interface ConfigOptions {
  /** The folder that ESLint runs in; by default the working directory of the process. */
  cwd?: string;
  /** Over the recommended ones, by their names in ESLint: `{ 'ddlint/naming/reserved-word': 'off' }`. */
  rules?: { [rule: string]: RuleConfig };
  /** How long one answer of the analysis may take, in milliseconds. The first one reads the whole project. */
  timeout?: number;
}

/** Settings files are no language of ESLint's: the command line lints them. */
const languages = frontEnds.filter(({ extensions }) => extensions.length > 0);

interface Entries {
  [rule: string]: RuleConfig;
}

/** The rules by their names in ESLint, with the front ends that they speak for. */
const frontEndsOf = new Map<string, readonly string[]>([
  ...Object.entries(rules).map(([id, { frontends }]) => [eslintName(id), frontends] as const),
  ...shownEngineRules.map((id) => [eslintName(id), frontEnds.map((frontEnd) => frontEnd.id)] as const),
]);

/**
 * ESLint knows no `info`: what the preset grades so is left out, as a warning for every undocumented column would bury
 * the rest.
 */
const recommended: Entries = Object.fromEntries([
  ...Object.entries(presetRules('recommended', rules)).flatMap(([id, severity]) =>
    severity === 'info' ? [] : [[eslintName(id), severity] as const],
  ),
  ...shownEngineRules.map((id) => [eslintName(id), engineRules[id].severity] as const),
]);

/** One configuration object per language, as ESLint refuses a rule for a language that it doesn't speak. */
function configObjects(plugin: Plugin, entries: Entries, settings?: DdlintSettings): ConfigObject[] {
  return languages.map(({ id, extensions }) => ({
    name: `ddlint/${id}`,
    files: extensions.map((extension) => `**/*${extension}`),
    plugins: { ddlint: plugin },
    // TypeScript and JavaScript files keep the language and the parser that the user chose.
    ...(id !== 'typescript' && { language: `ddlint/${id}` }),
    ...(settings && { settings: { ddlint: settings } }),
    rules: Object.fromEntries(Object.entries(entries).filter(([name]) => frontEndsOf.get(name)!.includes(id))),
  }));
}

/** The preset `recommended`. */
export const recommendedConfig = (plugin: Plugin): ConfigObject[] => configObjects(plugin, recommended);

/**
 * The preset `recommended` with rules of the user's, and with settings that make `eslint --cache` sound: a finding in
 * one file may hang on another, so the cache is dropped when any file of the data layer changes.
 * @throws ConfigurationError for a rule that ddlint doesn't have
 */
export function configFor(plugin: Plugin, options: ConfigOptions): ConfigObject[] {
  const { cwd = process.cwd(), rules: own = {}, timeout } = options;
  const problems = Object.keys(own).flatMap((name) =>
    frontEndsOf.has(name) ? [] : [`unknown rule "${name}"${didYouMean(name, frontEndsOf.keys())}`],
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  const settings = { fingerprint: fingerprintOf(cwd), ...(timeout !== undefined && { timeout }) };
  return configObjects(plugin, { ...recommended, ...own }, settings);
}
