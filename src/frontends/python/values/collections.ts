import type { Clause, Of } from '../syntax/nodes.js';
import { assign } from './assign.js';
import { lookUp } from './builtins.js';
import type { Evaluator } from './evaluator.js';
import { maxIterations } from './limits.js';
import { newScope, type Scope } from './scope.js';
import { derived } from './tests.js';
import { pasted } from './text.js';
import { itemsOf, textOf, truth, unknown, type TextPart, type Value } from './value.js';

export function formatted(ev: Evaluator, expr: Of<'FString'>, scope: Scope): Value {
  if (expr.template) return unknown('a template string');
  const parts = expr.parts.flatMap((part): TextPart[] => {
    if (!('hole' in part)) return [part];
    const hole = { start: part.hole.start, end: part.hole.end };
    const value = ev.evaluate(part.hole, scope);
    if (part.conversion !== undefined || part.spec !== undefined) return [{ hole }];
    return pasted(value, hole);
  });
  return { kind: 'str', parts };
}

export function sequence(ev: Evaluator, expr: Of<'Tuple' | 'List' | 'Set'>, scope: Scope): Value {
  const kind = expr.kind === 'Tuple' ? 'tuple' : expr.kind === 'List' ? 'list' : 'set';
  const items: Value[] = [];
  for (const item of expr.items) {
    if (item.kind !== 'Starred') items.push(ev.evaluate(item, scope));
    else {
      const spread = ev.iterate(ev.evaluate(item.value, scope));
      if (spread === undefined) return unknown('a list with items that are not known');
      items.push(...spread);
    }
  }
  return { kind, items };
}

export function dict(ev: Evaluator, expr: Of<'Dict'>, scope: Scope): Value {
  const entries: [Value, Value][] = [];
  for (const { key, value } of expr.entries) {
    const found = ev.evaluate(value, scope);
    if (key !== undefined) entries.push([ev.evaluate(key, scope), found]);
    else if (found.kind === 'dict') entries.push(...found.entries);
    else return unknown('a dict with entries that are not known');
  }
  return { kind: 'dict', entries };
}

export function subscript(ev: Evaluator, expr: Of<'Subscript'>, scope: Scope): Value {
  const value = ev.evaluate(expr.value, scope);
  const [slice] = expr.slices;
  if (slice === undefined) return unknown('a subscript');
  const key = ev.evaluate(slice, scope);
  if (value.kind === 'dict') return lookUp(value, key) ?? unknown('an entry that is not known');
  const items = itemsOf(value);
  if (items !== undefined && key.kind === 'const' && typeof key.value === 'number') {
    return items.at(key.value) ?? unknown('an index past the end');
  }
  if (value.kind === 'ref' && value.of?.func === 'sqlalchemy.MetaData' && value.name.endsWith('().tables')) {
    // A table that was read from the database.
    return {
      kind: 'call',
      func: 'sqlalchemy.Table',
      args: [{ value: key, node: slice }],
      keywords: [],
      node: value.of.node,
      open: true,
    };
  }
  if (value.kind === 'ref' && textOf(key) === undefined) return { kind: 'ref', name: `${value.name}[]` };
  return derived('an entry of a value that is not known', value);
}

export function comprehension(ev: Evaluator, expr: Of<'Comp'>, scope: Scope): Value {
  const items: Value[] = [];
  const entries: [Value, Value][] = [];
  let failed: Value | undefined;
  const each = (clauses: readonly Clause[], at: Scope): void => {
    const [clause, ...rest] = clauses;
    if (failed !== undefined) return;
    if (clause === undefined) {
      const value = ev.evaluate(expr.element, at);
      if (expr.key !== undefined) entries.push([ev.evaluate(expr.key, at), value]);
      else items.push(value);
      return;
    }
    if ('test' in clause) {
      const known = truth(ev.evaluate(clause.test, at));
      if (known === undefined) failed = unknown('a filter that is not known');
      else if (known) each(rest, at);
      return;
    }
    const source = ev.evaluate(clause.iter, at);
    const values = ev.iterate(source);
    if (values === undefined || values.length > maxIterations) {
      failed = derived('a comprehension over values that are not known', source);
      return;
    }
    for (const value of values) {
      const inner = newScope(at);
      assign(ev, clause.target, value, inner);
      each(rest, inner);
    }
  };
  each(expr.clauses, scope);
  if (failed !== undefined) return failed;
  return expr.form === 'dict' ? { kind: 'dict', entries } : { kind: expr.form === 'set' ? 'set' : 'list', items };
}
