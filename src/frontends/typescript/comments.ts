import { ts } from 'ts-morph';
import type { Comment } from '../../ir/index.js';
import { visit } from './syntax.js';

/**
 * The comments of a file. What looks like one inside a string, a template, a regular expression or JSX text is none:
 * those literals are found in the tree, so that no second tokenizer has to guess.
 */
export function commentsOf(source: ts.SourceFile): Comment[] {
  const { text } = source;
  if (!text.includes('//') && !text.includes('/*')) return [];
  const literals = literalSpans(source);
  const comments: Comment[] = [];
  let next = 0;
  const starts = /\/[/*]/g;
  for (let match = starts.exec(text); match; match = starts.exec(text)) {
    const start = match.index;
    while (next < literals.length && literals[next]!.end <= start) next++;
    const literal = literals[next];
    if (literal && literal.start <= start) {
      starts.lastIndex = literal.end;
      continue;
    }
    const end = text[start + 1] === '/' ? lineEnd(text, start) : blockEnd(text, start);
    comments.push({ span: { start, end }, text: inner(text.slice(start, end)), ownLine: ownLine(text, start) });
    starts.lastIndex = end;
  }
  return comments;
}

function literalSpans(source: ts.SourceFile): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  visit(source, (node) => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isRegularExpressionLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isJsxText(node)
    )
      spans.push({ start: node.getStart(source), end: node.getEnd() });
    return true;
  });
  return spans.sort((left, right) => left.start - right.start);
}

const lineEnd = (text: string, from: number): number => {
  const rest = text.slice(from).search(/[\n\r]/);
  return rest === -1 ? text.length : from + rest;
};

const blockEnd = (text: string, from: number): number => {
  const close = text.indexOf('*/', from + 2);
  return close === -1 ? text.length : close + 2;
};

const inner = (comment: string): string =>
  (comment.startsWith('//')
    ? comment.slice(2)
    : comment
        .slice(2)
        .replace(/\*\/$/, '')
        .replace(/^\s*\*+ ?/gm, '')
  ).trim();

function ownLine(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--;
  return at < 0 || text[at] === '\n' || text[at] === '\r';
}
