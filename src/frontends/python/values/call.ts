import type { Of, Param } from '../syntax/nodes.js';
import type { Evaluator } from './evaluator.js';
import type { Scope } from './scope.js';
import { textAt, textOf, unknown, type Arg, type NamedArg, type Value } from './value.js';

/** The arguments of a call, `*` and `**` spread; `open` where one of these is not known. */
export function argumentsOf(
  ev: Evaluator,
  expr: Of<'Call'>,
  scope: Scope,
): { args: Arg[]; keywords: NamedArg[]; open: boolean } {
  const args: Arg[] = [];
  const keywords: NamedArg[] = [];
  let open = false;
  for (const node of expr.args) {
    if (node.kind !== 'Starred') {
      args.push({ value: ev.evaluate(node, scope), node });
      continue;
    }
    const items = ev.iterate(ev.evaluate(node.value, scope));
    if (items === undefined) open = true;
    else args.push(...items.map((value) => ({ value, node: value.kind === 'call' ? value.node : node })));
  }
  for (const { name, value: node, start, end } of expr.keywords) {
    const value = ev.evaluate(node, scope);
    if (name !== undefined) keywords.push({ name, value, node, start, end });
    else if (value.kind !== 'dict') open = true;
    else {
      for (const [key, entry] of value.entries) {
        const text = textOf(key);
        if (text === undefined) open = true;
        else keywords.push({ name: text, value: entry, node, start, end });
      }
    }
  }
  return { args, keywords, open };
}

/** Gives the parameters of a function their values in its scope. */
export function bindParameters(
  ev: Evaluator,
  params: readonly Param[],
  args: readonly Arg[],
  keywords: readonly NamedArg[],
  scope: Scope,
): void {
  const left = [...args];
  for (const param of params) {
    const named = keywords.find(({ name }) => name === param.name);
    let value: Value;
    if (param.star === '*') value = { kind: 'tuple', items: left.splice(0).map((arg) => arg.value) };
    else if (param.star === '**') value = others(params, keywords);
    else if (named !== undefined) value = named.value;
    else
      value =
        left.shift()?.value ??
        (param.default && ev.evaluate(param.default, scope.parent ?? ev.scope)) ??
        unknown(`parameter ${param.name}`);
    scope.values.set(param.name, value);
  }
}

/** What `**options` gets of the keywords of a call: those that no parameter takes. */
function others(params: readonly Param[], keywords: readonly NamedArg[]): Value {
  const named = new Set(params.map(({ name }) => name));
  const left = keywords.filter(({ name }) => !named.has(name));
  return { kind: 'dict', entries: left.map(({ name, value, start }) => [textAt(name, { start, end: start }), value]) };
}
