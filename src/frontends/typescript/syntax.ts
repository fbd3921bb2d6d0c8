import { ts } from 'ts-morph';
import type { AnchorList, Span, Text } from '../../ir/index.js';

export { indentAt } from './indentation.js';

/** Where code of other files stands while it is read as a part of the file at hand. */
const places = new Map<ts.SourceFile, Span>();

/** Reads code of another file as if all of it stood at one place of the file at hand, such as the call that leads there. */
export function readAt<T>(source: ts.SourceFile, place: Span, read: () => T): T {
  const before = places.get(source);
  places.set(source, place);
  try {
    return read();
  } finally {
    if (before) places.set(source, before);
    else places.delete(source);
  }
}

/** The place that code of another file is read at; nothing for code of the file at hand. */
export const placeRead = (source: ts.SourceFile): Span | undefined =>
  places.size === 0 ? undefined : places.get(source);

/**
 * Where a node stands, comments before it left out.
 * @param source the node's own; who has it at hand saves the way up to it, which is long in a long chain
 */
export function spanOf(node: ts.Node, source = node.getSourceFile()): Span {
  return placeRead(source) ?? { start: node.getStart(source), end: node.getEnd() };
}

/** An expression without parentheses, type assertions and `await`, none of which change its value for us. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  for (;;) {
    if (
      ts.isParenthesizedExpression(inner) ||
      ts.isAsExpression(inner) ||
      ts.isSatisfiesExpression(inner) ||
      ts.isTypeAssertionExpression(inner) ||
      ts.isNonNullExpression(inner) ||
      ts.isAwaitExpression(inner)
    )
      inner = inner.expression;
    else return inner;
  }
}

/** Name of a member, property or parameter where it is written out. */
export function nameText(name: ts.Node | undefined): string | undefined {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return undefined;
}

export function decoratorsOf(node: ts.Node): readonly ts.Decorator[] {
  return ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

/** A bracketed list as the pen sees it: arguments of a call, or properties of an object literal. */
export function listOf(node: ts.CallExpression | ts.NewExpression | ts.ObjectLiteralExpression): AnchorList {
  const items = ts.isObjectLiteralExpression(node) ? node.properties : (node.arguments ?? []);
  const source = node.getSourceFile();
  const open = ts.isObjectLiteralExpression(node)
    ? node.getStart(source) + 1
    : ((node.arguments as (ts.NodeArray<ts.Expression> & { pos: number }) | undefined)?.pos ?? node.getEnd() - 1);
  return {
    open,
    close: node.getEnd() - 1,
    entries: [...items].map((item) => {
      const key =
        ts.isPropertyAssignment(item) || ts.isShorthandPropertyAssignment(item) ? nameText(item.name) : undefined;
      const value = ts.isPropertyAssignment(item) ? item.initializer : item;
      return { ...(key !== undefined && { key }), span: spanOf(item), value: spanOf(value) };
    }),
  };
}

/** The description of the JSDoc comment right before a declaration; a comment that holds tags only gives none. */
export function docOf(node: ts.Node, ...alsoBefore: (ts.Node | undefined)[]): Text | undefined {
  const text = node.getSourceFile().text;
  for (const at of [node, ...alsoBefore]) {
    if (!at) continue;
    const ranges = ts.getLeadingCommentRanges(text, at.getFullStart()) ?? [];
    const last = ranges.at(-1);
    if (!last || !text.startsWith('/**', last.pos) || last.end - last.pos < 5) continue;
    const value = description(text.slice(last.pos + 3, last.end - 2));
    if (value !== '') return { value, span: { start: last.pos, end: last.end } };
  }
  return undefined;
}

function description(inner: string): string {
  const lines = inner.split(/\r\n|\r|\n/).map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd());
  const firstTag = lines.findIndex(
    (line) => /^@\w/.test(line.trim()) && !/^@(?:description|summary)\b/.test(line.trim()),
  );
  const kept = firstTag === -1 ? lines : lines.slice(0, firstTag);
  return kept
    .join('\n')
    .replace(/^@(?:description|summary)\s+/gm, '')
    .trim();
}

/** Visits nodes below a root in source order without recursion. The visitor returns false to leave a subtree out. */
export function visit(root: ts.Node, each: (node: ts.Node) => boolean | undefined): void {
  const stack: ts.Node[] = [root];
  const children: ts.Node[] = [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (each(node) === false) continue;
    children.length = 0;
    ts.forEachChild(node, (child) => void children.push(child));
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index]!);
  }
}
