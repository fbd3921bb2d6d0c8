import type { Comment, FileFacts, Operation, Span } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { commentsIn, operationsIn } from './operations.js';
import type { Project } from '../ir/index.js';

/**
 * The comment that says a destructive change was looked at: it begins with `reviewed` and stands on the lines before
 * the operation, after any other, or behind it on its last line.
 */
export function reviewedMarker(project: Project, facts: FileFacts, operation: Operation): Comment | undefined {
  const markers = commentsIn(facts).filter(({ text }) => /^reviewed\b/i.test(text));
  if (markers.length === 0) return undefined;
  const spans = operationSpans(project).get(facts) ?? [];
  const previous = spans.findLast((span) => span.end <= operation.span.start)?.end ?? 0;
  const next = spans.find((span) => span.start >= operation.span.end)?.start ?? Infinity;
  return markers.find(({ span, ownLine }) =>
    ownLine
      ? span.start >= previous && span.end <= operation.span.start
      : span.start >= operation.span.end && span.end <= next,
  );
}

const operationSpans = defineQuery(
  (project) =>
    new Map<FileFacts, Span[]>(
      project.files.map((facts) => [
        facts,
        [...operationsIn(facts)].map(({ operation }) => operation.span).sort((a, b) => a.start - b.start),
      ]),
    ),
);

/** Whether a comment of the file, or the migration's own message, holds a text. Case is ignored. */
export function mentionsTag(facts: FileFacts, message: string | undefined, tag: string): boolean {
  const wanted = tag.toLowerCase();
  return [message ?? '', ...commentsIn(facts).map(({ text }) => text)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
