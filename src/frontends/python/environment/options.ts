import type { EnvironmentOption, OptionValue } from '../../../ir/index.js';
import type { CallSite } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import type { Scope } from '../values/scope.js';
import { textOf, type Value } from '../values/value.js';
import { scopeOfFrame } from './scopes.js';
import { missingAt } from './missing.js';

/** Deeper lists are not looked into. */
const deepest = 5;

function valueFrom(value: Value, { interpreter }: Reading, depth = 0): OptionValue {
  switch (value.kind) {
    case 'const':
      return { kind: 'literal', value: value.value };
    case 'str': {
      const text = textOf(value);
      return text === undefined ? { kind: 'unknown' } : { kind: 'literal', value: text };
    }
    case 'list':
    case 'tuple':
    case 'set':
      if (depth >= deepest) return { kind: 'unknown' };
      return { kind: 'list', items: value.items.map((item) => valueFrom(item, { interpreter } as Reading, depth + 1)) };
    case 'ref':
      return { kind: 'name', name: canonical(value.name) };
    case 'call':
      return { kind: 'name', name: `${canonical(value.func)}()` };
    case 'function': {
      const { node } = value;
      const name = node.kind === 'FunctionDef' ? `${interpreter.module}.${node.name}` : 'lambda';
      return { kind: 'name', name, callable: true };
    }
    case 'class':
      return { kind: 'name', name: `${interpreter.module}.${value.node.name}` };
    default:
      return { kind: 'unknown' };
  }
}

/** The value of an expression that stands in a function or at the top of the file. */
export function optionValue(expr: Expr, scope: Scope, reading: Reading): OptionValue {
  return valueFrom(reading.interpreter.evaluate(expr, scope), reading);
}

/** The options that a call hands over by keyword, those of a known `**mapping` among them. */
export function optionsOf({ call, at }: CallSite, reading: Reading): { options: EnvironmentOption[]; open: boolean } {
  const scope = scopeOfFrame(at.frame, reading);
  const options: EnvironmentOption[] = [];
  let open = call.args.some(({ kind }) => kind === 'Starred');
  for (const { name, value: expr } of call.keywords) {
    if (name === undefined) {
      const given = entriesOf(expr, scope, reading);
      options.push(...given.options);
      open ||= given.open;
      continue;
    }
    const missing = missingAt(expr, at, reading);
    const value: OptionValue =
      missing && expr.kind === 'Name' ? { kind: 'name', name: expr.id, missing } : optionValue(expr, scope, reading);
    options.push({ name, value, span: spanOf(expr) });
  }
  return { options, open };
}

/** The options that a mapping holds. */
export function entriesOf(expr: Expr, scope: Scope, reading: Reading): { options: EnvironmentOption[]; open: boolean } {
  const value = reading.interpreter.evaluate(expr, scope);
  if (value.kind !== 'dict') return { options: [], open: true };
  const places = new Map(
    expr.kind === 'Dict'
      ? expr.entries.flatMap(({ key, value: at }) => (key?.kind === 'Str' ? [[key.value, spanOf(at)] as const] : []))
      : [],
  );
  let open = false;
  const options = value.entries.flatMap(([key, each]) => {
    const name = textOf(key);
    open ||= name === undefined;
    return name === undefined
      ? []
      : [{ name, value: valueFrom(each, reading), span: places.get(name) ?? spanOf(expr) }];
  });
  return { options, open };
}
