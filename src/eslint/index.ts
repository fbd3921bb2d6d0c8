import type { ConfigObject, Plugin } from '@eslint/core';
import { ownPackage } from '../package.js';
import { configFor, recommendedConfig, type ConfigOptions } from './configs.js';
import { languages } from './language.js';
import { eslintRules } from './rules.js';

export type { ConfigOptions } from './configs.js';

/** ddlint as an ESLint plugin. */
export interface DdlintPlugin extends Plugin {
  configs: { recommended: ConfigObject[] };
  /** The recommended configuration with rules of one's own, safe to use with `eslint --cache`. */
  config(options?: ConfigOptions): ConfigObject[];
}

const plugin: DdlintPlugin = {
  meta: { name: 'ddlint', namespace: 'ddlint', version: ownPackage().version },
  rules: eslintRules as unknown as NonNullable<Plugin['rules']>,
  languages: languages as unknown as NonNullable<Plugin['languages']>,
  configs: { recommended: [] },
  config: (options = {}) => configFor(plugin, options),
};
// The configuration names the plugin that it is part of.
plugin.configs.recommended.push(...recommendedConfig(plugin));

export default plugin;
/** What `require('ddlint/eslint')` gives. */
export { plugin as 'module.exports' };
