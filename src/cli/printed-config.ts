import { posix } from 'node:path';
import { rules } from '../../rules/index.js';
import type { LintProjectOptions } from '../engine/lint.js';
import { readConfiguration } from './resolved-configuration.js';

/**
 * The configuration as JSON: its file, what it says with flags laid over, and every rule that is on with severity
 * and options, for one path if given, else where no override holds.
 * @throws ConfigurationError where it can't be used
 */
export async function printedConfig(
  cwd: string,
  wish: Pick<LintProjectOptions, 'config' | 'additions'>,
  path = '',
): Promise<string> {
  const { file, config, resolved } = await readConfiguration(cwd, wish, rules);
  const settings = resolved.rulesFor(posix.normalize(path));
  const on = Object.fromEntries([...settings].map(([id, { severity, options }]) => [id, [severity, options]]));
  return `${JSON.stringify({ file: file ?? null, ...config, rules: on }, null, 2)}\n`;
}
