import { ts } from 'ts-morph';
import type { DatabaseUrl, Span, WrittenPassword } from '../../../ir/index.js';
import { urlParts, type UrlPiece } from '../../database-url.js';
import { declarationOf } from '../values/bindings.js';
import { literalPart } from '../values/literals.js';
import { bare, spanOf } from '../syntax.js';

/** What a property of a connection's options is given. */
export type Given =
  | { from: 'text'; pieces: UrlPiece[]; span: Span }
  | { from: 'environment'; name?: string; fallback?: Given; span: Span }
  | { from: 'unknown'; span: Span };

const maxDepth = 12;

/** Follows an expression to the text or the environment variable that it is. */
export function givenBy(expression: ts.Expression, depth = 0): Given {
  const node = bare(expression);
  const span = spanOf(node);
  const unknown: Given = { from: 'unknown', span };
  if (depth > maxDepth) return unknown;
  if (ts.isStringLiteralLike(node)) return { from: 'text', pieces: [{ ...literalPart(node), expression: span }], span };
  if (ts.isTemplateExpression(node)) return { from: 'text', pieces: templatePieces(node, depth), span };
  if (ts.isIdentifier(node)) {
    const found = declarationOf(node.text, node);
    const value =
      found?.kind === 'variable' && found.constant && found.path.length === 0 ? found.node.initializer : undefined;
    return value ? givenBy(value, depth + 1) : unknown;
  }
  const variable = variableOf(node);
  if (variable !== undefined) return { from: 'environment', ...variable, span };
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) {
    const left = givenBy(node.left, depth + 1);
    if (left.from === 'environment') return { ...left, fallback: givenBy(node.right, depth + 1), span };
  }
  return unknown;
}

/** `process.env.NAME`, `process.env['NAME']`. */
function variableOf(node: ts.Expression): { name?: string } | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  if (!/^(?:process\.env|import\.meta\.env)$/.test(node.expression.getText())) return undefined;
  if (ts.isPropertyAccessExpression(node)) return { name: node.name.text };
  return ts.isStringLiteralLike(node.argumentExpression) ? { name: node.argumentExpression.text } : {};
}

function templatePieces(node: ts.TemplateExpression, depth: number): UrlPiece[] {
  return [
    literalPart(node.head),
    ...node.templateSpans.flatMap(({ expression, literal }) => [
      ...piecesOf(givenBy(expression, depth + 1)),
      literalPart(literal),
    ]),
  ];
}

/** A value as part of a text. */
function piecesOf(given: Given): UrlPiece[] {
  if (given.from === 'text') return given.pieces;
  const password = given.from === 'environment' ? passwordOf(given) : undefined;
  return [{ hole: given.span, ...(password && { fallback: password }) }];
}

/** The password that a property is given, where it is written. */
export function passwordOf(given: Given): WrittenPassword | undefined {
  if (given.from === 'unknown') return undefined;
  if (given.from === 'environment') {
    const inner = given.fallback && passwordOf(given.fallback);
    if (inner === undefined) return undefined;
    return { ...inner, expression: given.span, of: 'password', fallbackOf: given.name ?? 'the variable' };
  }
  const [piece, ...others] = given.pieces;
  if (piece === undefined || 'hole' in piece || others.length > 0 || piece.value === '') return undefined;
  const start = piece.offsets[0]?.[1] ?? given.span.start;
  const span = { start, end: start + piece.value.length };
  return { span, value: piece.value, expression: piece.expression ?? given.span, of: 'password' };
}

export const textOf = (given: Given | undefined): string | undefined => {
  const [piece, ...others] = given?.from === 'text' ? given.pieces : [];
  return piece !== undefined && 'value' in piece && others.length === 0 ? piece.value : undefined;
};

/** What a property that holds a whole URL is given. */
export function urlOf(given: Given): DatabaseUrl {
  const { span } = given;
  if (given.from === 'unknown') return { span, from: 'unknown' };
  if (given.from === 'text') {
    const parts = urlParts(given.pieces, span);
    return { span, from: 'text', ...(parts && { parts }) };
  }
  const { name, fallback } = given;
  const url: DatabaseUrl = {
    span,
    from: 'environment',
    source: span,
    absent: 'none',
    ...(name !== undefined && { name }),
  };
  if (fallback?.from !== 'text') return url;
  const parts = urlParts(fallback.pieces, fallback.span);
  return parts ? { ...url, absent: 'fallback', fallback: fallback.span, parts } : url;
}
