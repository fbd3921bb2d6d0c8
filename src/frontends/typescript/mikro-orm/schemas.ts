import { ts } from 'ts-morph';
import type { Anchor, Span, Text } from '../../../ir/index.js';
import { originOf } from '../linking/imports.js';
import { bare, docOf, indentAt, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { bind } from '../values/scope.js';
import { evaluate } from '../values/evaluate.js';
import type { Value } from '../values/values.js';
import { isMikro } from './modules.js';

/** One `defineEntity({…})` or `new EntitySchema({…})`, before its values are settled. */
export interface SchemaRecord {
  /** The variable that holds it. */
  variable?: string;
  by: 'defineEntity' | 'EntitySchema';
  meta: Value;
  span: Span;
  doc?: Text;
  anchor?: Anchor;
}

/** The entities of a file that are declared by an object. Each is known by the name of its variable in all of their values. */
export function schemasOf(unit: Unit): SchemaRecord[] {
  const calls = unit.calls.flatMap((call) => {
    const by = ts.isTaggedTemplateExpression(call) ? undefined : madeBy(call);
    return by && !ts.isTaggedTemplateExpression(call) ? [{ call, by, holder: holderOf(call) }] : [];
  });
  if (calls.length === 0) return [];
  const names = calls.flatMap(({ holder }) => (holder ? [holder.name] : []));
  const scope = bind(
    unit.scope,
    names.map((name): [ts.Node, Value] => [name, { kind: 'reference', name: name.text, path: [], span: spanOf(name) }]),
  );
  return calls.flatMap(({ call, by, holder }) => {
    const [argument] = call.arguments ?? [];
    if (!argument) return [];
    const meta = evaluate(argument, scope);
    const statement = holder?.statement;
    const doc = statement && docOf(statement);
    return [
      {
        ...(holder && { variable: holder.name.text }),
        by,
        meta,
        span: spanOf(call),
        ...(doc && { doc }),
        ...(statement && { anchor: anchorOf(statement, unit) }),
      },
    ];
  });
}

function madeBy(call: ts.CallExpression | ts.NewExpression): SchemaRecord['by'] | undefined {
  const origin = originOf(call.expression);
  if (ts.isNewExpression(call)) return isMikro(origin, 'EntitySchema') ? 'EntitySchema' : undefined;
  return isMikro(origin, 'defineEntity') ? 'defineEntity' : undefined;
}

function holderOf(call: ts.Expression): { name: ts.Identifier; statement: ts.VariableStatement } | undefined {
  let node: ts.Node = call;
  while (ts.isExpression(node.parent) && bare(node.parent) === call) node = node.parent;
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const statement = parent.parent.parent;
  return ts.isVariableStatement(statement) ? { name: parent.name, statement } : undefined;
}

const anchorOf = (node: ts.Node, unit: Unit): Anchor => {
  const span = spanOf(node);
  return { span, indent: indentAt(unit.text, span.start), lists: {}, points: {} };
};
