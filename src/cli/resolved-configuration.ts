import { dirname, posix, relative, sep } from 'node:path';
import { checkConfig } from '../config/check.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load.js';
import { resolveConfig, type ResolvedConfig } from '../config/resolve.js';
import type { LintProjectOptions } from '../engine/lint.js';
import type { Rule } from '../rule.js';

/** A configuration that was read, checked and resolved. */
export interface Configuration {
  config: Config;
  /** Absolute path of its file, if it has one. */
  file?: string;
  resolved: ResolvedConfig;
  /** A path of the project as the configuration's globs see it. */
  fromConfig(path: string): string;
}

/** @throws ConfigurationError where it can't be used */
export async function readConfiguration(
  cwd: string,
  { config: given, additions }: Pick<LintProjectOptions, 'config' | 'additions'>,
  rules: Readonly<Record<string, Rule>>,
): Promise<Configuration> {
  const loaded = typeof given === 'object' ? { config: given } : await loadConfig(cwd, given);
  const { file } = loaded;
  const config = { ...loaded.config, ...additions, rules: { ...loaded.config.rules, ...additions?.rules } };
  checkConfig({ ...loaded, config }, rules);
  const prefix = file === undefined ? '' : relative(dirname(file), cwd).split(sep).join('/');
  return {
    config,
    ...(file !== undefined && { file }),
    resolved: resolveConfig(config, rules, prefix),
    fromConfig: (path) => posix.join(prefix, path),
  };
}
