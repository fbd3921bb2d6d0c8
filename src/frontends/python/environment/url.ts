import type { Program } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import type { Expr } from '../syntax/nodes.js';

const lastName = (func: Expr): string => (func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '');

const key = /['"]sqlalchemy\.url['"]/g;

/**
 * Whether an env.py takes its database from elsewhere than the settings: it writes `sqlalchemy.url` itself, reads it only
 * to work on it, or makes no engine from the section of the settings.
 */
export function overridesUrl({ calls }: Program, { source }: Reading): boolean {
  const named = calls.filter(
    ({ call }) => lastName(call.func) === 'engine_from_config' || lastName(call.func) === 'async_engine_from_config',
  );
  if (named.length === 0) return true;
  const read = calls.filter(({ call }) => {
    const [first] = call.args;
    return lastName(call.func) === 'get_main_option' && first?.kind === 'Str' && first.value === 'sqlalchemy.url';
  });
  return [...source.replace(/^[ \t]*#.*$/gm, '').matchAll(key)].length > read.length;
}
