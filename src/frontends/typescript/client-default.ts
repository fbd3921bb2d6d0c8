import type { ClientValue, Default, Span } from '../../ir/index.js';
import { globals } from './values/evaluate.js';
import { scalarOf, type Value } from './values/values.js';

/** What a library itself gives, by a function or as it stands: `$defaultFn(() => nanoid())`, `$defaultFn(nanoid)`. */
export function clientDefault(given: Value | undefined, span: Span): Default {
  const value = given && clientValue(given.kind === 'function' ? given.returns : called(given));
  return { by: 'client', text: value ? clientText(value) : '…', ...(value && { value }), span };
}

/** A function that is handed over by its name is called without arguments. */
const called = (value: Value): Value =>
  value.kind === 'reference' && value.module !== undefined
    ? {
        kind: 'made',
        origin: { module: value.module, name: [value.name, ...value.path].join('.') },
        args: [],
        span: value.span,
      }
    : value;

function clientValue(value: Value | undefined): ClientValue | undefined {
  if (value?.kind === 'made') {
    const name = value.origin.module === globals ? `new ${value.origin.name}` : value.origin.name;
    return { kind: 'call', name, arguments: value.args.map((each) => String(scalarOf(each) ?? '…')) };
  }
  if (value?.kind === 'chain' && value.of.kind === 'reference') {
    const [call, ...rest] = value.links;
    const path = [value.of.name, ...value.of.path, call?.name ?? ''].join('.');
    return rest.length === 0 && call?.args ? { kind: 'call', name: path, arguments: [] } : undefined;
  }
  if (value?.kind === 'tagged') return undefined;
  if ((value?.kind === 'array' && value.items.length === 0) || (value?.kind === 'object' && value.entries.length === 0))
    return { kind: 'empty', of: value.kind === 'array' ? 'list' : 'dict' };
  const scalar = scalarOf(value);
  return scalar === undefined || scalar === null ? undefined : { kind: 'literal', value: scalar };
}

function clientText(value: ClientValue): string {
  switch (value.kind) {
    case 'call':
      return `${value.name}(${value.arguments.join(', ')})`;
    case 'literal':
      return typeof value.value === 'string' ? `'${value.value}'` : String(value.value);
    case 'empty':
      return value.of === 'list' ? '[]' : '{}';
    default:
      return '…';
  }
}
