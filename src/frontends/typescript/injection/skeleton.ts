import { ts } from 'ts-morph';
import type { Span } from '../../../ir/index.js';
import type { EmbeddedLiteral } from '../../sql/embedded-text.js';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import { functionOf } from '../values/functions.js';
import { literalPart } from '../values/literals.js';
import type { Scope } from '../values/scope.js';
import { bare, spanOf } from '../syntax.js';
import { isHole, pinned, textOf } from '../values/values.js';
import { assignmentsOf, pushesTo, returnsOf } from './flow.js';

/** A place in text that is filled by an expression, with what was bound around it and the assignments it came through. */
export interface Gap {
  node: ts.Expression;
  frame: Frame;
  trail: Span[];
}

export type Piece = EmbeddedLiteral | Gap;

export const isGap = (piece: Piece): piece is Gap => 'node' in piece;

/** Parameters bound to the arguments of an inlined call. */
export interface Frame {
  scope: Scope;
  args: ReadonlyMap<ts.Node, { node: ts.Expression; frame: Frame }>;
}

const maxDepth = 14;
const maxAlternatives = 8;
const maxOperands = 400;

/** The texts that an expression can be, each as literal pieces and gaps. At least one; a lone gap where no text is visible. */
export function expand(expression: ts.Expression, frame: Frame, trail: Span[] = [], depth = 0): Piece[][] {
  const node = bare(expression);
  const gap: Piece[][] = [[{ node, frame, trail }]];
  if (depth > maxDepth) return gap;
  if (ts.isStringLiteralLike(node)) return [[literalPart(node)]];
  const known = evaluate(node, frame.scope);
  if (known.kind === 'text' && !known.parts.some(isHole))
    return [known.parts.filter((part): part is EmbeddedLiteral => !isHole(part))];
  const inner = (each: ts.Expression): Piece[][] => expand(each, frame, trail, depth + 1);
  if (ts.isTemplateExpression(node)) return template(node, inner);
  if (ts.isTaggedTemplateExpression(node))
    return isTransparentTag(node.tag) ? expand(node.template, frame, trail, depth + 1) : gap;
  if (ts.isConditionalExpression(node)) return visible([...inner(node.whenTrue), ...inner(node.whenFalse)], gap);
  if (ts.isBinaryExpression(node)) return binary(node, inner, gap);
  // What is written in the call itself is text even when no steps are left to look behind names.
  if (frame.scope.budget.steps-- <= 0) return gap;
  if (ts.isIdentifier(node)) return variable(node, frame, trail, depth, gap);
  if (ts.isCallExpression(node)) return call(node, frame, trail, depth, gap);
  return gap;
}

/** Alternatives without any text say no more than the expression as a whole. */
function visible(alternatives: Piece[][], otherwise: Piece[][]): Piece[][] {
  return alternatives.some((pieces) => pieces.some((piece) => !isGap(piece) && piece.value !== ''))
    ? capped(alternatives)
    : otherwise;
}

const capped = (alternatives: Piece[][]): Piece[][] => alternatives.slice(0, maxAlternatives);

/** Every combination of the alternatives of consecutive pieces, the first ones where there are too many. */
function sequence(parts: readonly Piece[][][]): Piece[][] {
  let all: Piece[][] = [[]];
  for (const alternatives of parts) all = capped(all.flatMap((head) => alternatives.map((tail) => [...head, ...tail])));
  return all;
}

/** A tag that gives plain text, by whatever name: `String.raw` binds nothing. */
export function isTransparentTag(tag: ts.Expression): boolean {
  const name = tag.getText();
  if (name === 'String.raw' || /^(?:dedent|outdent|stripIndents?|oneLine)$/.test(name)) return true;
  const declaration = ts.isIdentifier(tag) ? declarationOf(name, tag) : undefined;
  return (
    declaration?.kind === 'variable' &&
    declaration.path.length === 0 &&
    declaration.node.initializer !== undefined &&
    bare(declaration.node.initializer).getText() === 'String.raw'
  );
}

function template(node: ts.TemplateExpression, inner: (each: ts.Expression) => Piece[][]): Piece[][] {
  return sequence([
    [[literalPart(node.head)]],
    ...node.templateSpans.flatMap(({ expression, literal }) => [
      inHost(inner(expression), expression),
      [[literalPart(literal)]],
    ]),
  ]);
}

/** Text from elsewhere is placed at the expression that brings it in, so that offsets of the whole ascend. */
function inHost(alternatives: Piece[][], expression: ts.Expression): Piece[][] {
  const span = spanOf(expression);
  const within = (offset: number): boolean => offset >= span.start && offset <= span.end;
  return alternatives.map((pieces) =>
    pieces.map((piece) => (isGap(piece) || within(piece.offsets[0]![1]) ? piece : pinned(piece.value, span))),
  );
}

function binary(node: ts.BinaryExpression, inner: (each: ts.Expression) => Piece[][], gap: Piece[][]): Piece[][] {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken: {
      const operands: ts.Expression[] = [];
      let left: ts.Expression = node;
      for (; ts.isBinaryExpression(left) && left.operatorToken.kind === ts.SyntaxKind.PlusToken; left = bare(left.left))
        operands.unshift(left.right);
      operands.unshift(left);
      if (operands.length > maxOperands) return gap;
      return visible(sequence(operands.map((operand) => inHost(inner(operand), operand))), gap);
    }
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return visible([...inner(node.left), ...inner(node.right)], gap);
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return visible(inner(node.right), gap);
    default:
      return gap;
  }
}

/** A variable is its initialiser with what is appended by `+=`, or one of its later values. */
function variable(node: ts.Identifier, frame: Frame, trail: Span[], depth: number, gap: Piece[][]): Piece[][] {
  const declaration = declarationOf(node.text, node);
  if (declaration?.kind !== 'variable' && declaration?.kind !== 'parameter') return gap;
  const argument = frame.args.get(declaration.name);
  if (argument) {
    const given = expand(argument.node, argument.frame, trail, depth + 1);
    return visible(given, given);
  }
  if (declaration.kind === 'parameter' || declaration.path.length > 0) return gap;
  return visible(valuesOf(declaration, node, frame, trail, depth), gap);
}

function valuesOf(
  declaration: Extract<Declaration, { kind: 'variable' }>,
  use: ts.Identifier,
  frame: Frame,
  trail: Span[],
  depth: number,
): Piece[][] {
  const { initializer } = declaration.node;
  const step = (at: ts.Node): Span[] => [...trail, spanOf(at)];
  let current: Piece[][] = initializer ? expand(initializer, frame, step(declaration.node), depth + 1) : [];
  for (const { node, append, value, sure } of assignmentsOf(declaration, use)) {
    const assigned = expand(value, frame, step(node), depth + 1);
    if (append) current = sequence([current.length > 0 ? current : [[]], assigned]);
    else current = capped(sure ? assigned : [...current, ...assigned]);
  }
  return current;
}

const transparentMethods = /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|normalize)$/;

function call(node: ts.CallExpression, frame: Frame, trail: Span[], depth: number, gap: Piece[][]): Piece[][] {
  const callee = bare(node.expression);
  const inner = (each: ts.Expression): Piece[][] => expand(each, frame, trail, depth + 1);
  if (ts.isPropertyAccessExpression(callee)) {
    const { text } = callee.name;
    if (transparentMethods.test(text)) return visible(inner(callee.expression), gap);
    if (text === 'concat') return visible(sequence([inner(callee.expression), ...node.arguments.map(inner)]), gap);
    if (text === 'join') return joinedList(callee.expression, node.arguments[0], frame, trail, depth) ?? gap;
    if (/^replace(?:All)?$/.test(text)) return replaced(inner(callee.expression), node, inner) ?? gap;
    if (text === 'format' && callee.expression.getText() === 'util') return formatted(node, inner) ?? gap;
  }
  const declared = functionOf(callee);
  if (!declared?.body || depth > maxDepth - 4) return gap;
  const args = new Map(frame.args);
  declared.parameters.forEach((parameter, index) => {
    const argument = node.arguments[index] ?? parameter.initializer;
    if (argument && ts.isIdentifier(parameter.name)) args.set(parameter.name, { node: argument, frame });
  });
  const results = returnsOf(declared).flatMap((result) =>
    expand(result, { scope: frame.scope, args }, [...trail, spanOf(node)], depth + 3),
  );
  return visible(results, gap);
}

/** `[a, b].join(' AND ')`, with what is pushed to the list before. */
function joinedList(
  list: ts.Expression,
  separator: ts.Expression | undefined,
  frame: Frame,
  trail: Span[],
  depth: number,
): Piece[][] | undefined {
  const elements = listElements(bare(list));
  const between = separator ? textOf(evaluate(separator, frame.scope)) : ',';
  if (!elements || elements.length === 0 || between === undefined) return undefined;
  const parts = elements.flatMap((element, index) => [
    ...(index > 0 ? [[[pinned(between, { start: element.getStart(), end: element.getStart() })]]] : []),
    expand(element, frame, trail, depth + 1),
  ]);
  const all = sequence(parts);
  return all.some((pieces) => pieces.some((piece) => !isGap(piece) && piece.value.trim() !== between.trim()))
    ? all
    : undefined;
}

function listElements(list: ts.Expression): ts.Expression[] | undefined {
  if (ts.isArrayLiteralExpression(list))
    return list.elements.some((each) => ts.isSpreadElement(each)) ? undefined : [...list.elements];
  if (!ts.isIdentifier(list)) return undefined;
  const declaration = declarationOf(list.text, list);
  if (declaration?.kind !== 'variable' || declaration.path.length > 0 || !declaration.node.initializer)
    return undefined;
  const initial = listElements(bare(declaration.node.initializer));
  return initial && [...initial, ...pushesTo(declaration)];
}

/** `text.replace('@@', x)`: the mark gives way to the value. */
function replaced(
  base: Piece[][],
  node: ts.CallExpression,
  inner: (each: ts.Expression) => Piece[][],
): Piece[][] | undefined {
  const [from, to] = node.arguments;
  if (!from || !to || !ts.isStringLiteralLike(bare(from))) return undefined;
  const mark = (bare(from) as ts.StringLiteralLike).text;
  const by = inner(to);
  return base.flatMap((pieces) =>
    sequence(
      pieces.map((piece) => {
        const at = isGap(piece) || mark === '' ? -1 : piece.value.indexOf(mark);
        if (isGap(piece) || at === -1) return [[piece]];
        const span = spanOf(node);
        return sequence([
          [[pinned(piece.value.slice(0, at), span)]],
          by,
          [[pinned(piece.value.slice(at + mark.length), span)]],
        ]);
      }),
    ),
  );
}

/** `util.format('… %s', x)`. */
function formatted(node: ts.CallExpression, inner: (each: ts.Expression) => Piece[][]): Piece[][] | undefined {
  const [pattern, ...values] = node.arguments;
  if (!pattern || !ts.isStringLiteralLike(bare(pattern))) return undefined;
  const pieces = (bare(pattern) as ts.StringLiteralLike).text.split(/%[sdijoO]/);
  const span = spanOf(pattern);
  return sequence(
    pieces.flatMap((piece, index) => {
      const value = values[index - 1];
      return [...(index > 0 && value ? [inner(value)] : []), [[pinned(piece, span)]]];
    }),
  );
}
