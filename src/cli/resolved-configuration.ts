import { posix } from 'node:path';
import { checkConfig } from '../config/check.js';
import type { Config } from '../config/config.js';
import { resolveConfig, type ResolvedConfig } from '../config/resolve.js';
import { configurationOf, prefixOf, projectRoot, type LintProjectOptions } from '../engine/lint.js';
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
  wish: Pick<LintProjectOptions, 'config' | 'additions'>,
  rules: Readonly<Record<string, Rule>>,
): Promise<Configuration> {
  const loaded = await configurationOf({ cwd, ...wish });
  checkConfig(loaded, rules);
  const { config, file } = loaded;
  const prefix = prefixOf(projectRoot(cwd), file);
  return {
    config,
    ...(file !== undefined && { file }),
    resolved: resolveConfig(config, rules, prefix),
    fromConfig: (path) => posix.join(prefix, path),
  };
}
