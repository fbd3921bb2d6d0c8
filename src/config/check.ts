import { validate } from './validate.js';
import { configSchema } from './schema.js';
import { ConfigurationError } from './errors.js';
import type { Rule } from '../rule.js';
import type { LoadedConfig } from './load.js';

/** @throws ConfigurationError that names every unknown key, rule, option and value */
export function checkConfig({ config, file }: LoadedConfig, rules: Readonly<Record<string, Rule>>): void {
  const problems = validate(config, configSchema(rules));
  if (problems.length > 0) throw new ConfigurationError(problems, file);
}
