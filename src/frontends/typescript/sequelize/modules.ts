import type { Origin, Value } from '../values/values.js';

/** Packages whose exports are those of Sequelize: 6, 7, and its decorators. */
const core = /^(?:sequelize|@sequelize\/core)$/;
const decorated = /^(?:sequelize-typescript|@sequelize\/core\/decorators-legacy)$/;

export const isSequelize = (module: string | undefined): boolean =>
  module !== undefined && (core.test(module) || decorated.test(module));

/** Whether an origin is a decorator of one of these names. */
export const isDecorator = ({ module, name }: Origin, ...names: string[]): boolean =>
  decorated.test(module) && names.includes(name);

/** Names under which the whole package is known. */
const wholes = new Set(['Sequelize', 'default', '*']);

/** Steps from the package to what a value names: `Sequelize.DataTypes.STRING(20)` is `STRING` with its arguments. */
export interface Step {
  name: string;
  args?: Value[];
}

/** What a value reads or calls of the package, one step after another; nothing where it begins elsewhere. */
export function stepsOf(value: Value | undefined): Step[] | undefined {
  const root = value?.kind === 'chain' ? value.of : value;
  const steps = rootSteps(root);
  if (!steps) return undefined;
  if (value?.kind === 'chain') {
    for (const { name, args } of value.links) {
      const last = steps.at(-1);
      if (name !== undefined) steps.push({ name, ...(args && { args }) });
      else if (last && args) last.args = args;
      else return undefined;
    }
  }
  const first = steps.findIndex(({ name }) => !wholes.has(name));
  return first === -1 ? [] : steps.slice(first);
}

function rootSteps(root: Value | undefined): Step[] | undefined {
  if (root?.kind === 'made')
    return isSequelize(root.origin.module) ? [{ name: root.origin.name, args: root.args }] : undefined;
  if (root?.kind !== 'reference' || !isSequelize(root.module)) return undefined;
  return [root.name, ...root.path].map((name) => ({ name }));
}

/** Whether a value is `new Sequelize(…)`. */
export const isConnection = (value: Value | undefined): boolean =>
  value?.kind === 'made' && isSequelize(value.origin.module) && wholes.has(value.origin.name);
