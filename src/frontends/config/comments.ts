import type { Comment, Span } from '../../ir/index.js';

/** A comment of a settings file, without its leader. */
export function commentAt(text: string, { start, end }: Span): Comment {
  let before = start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  return {
    span: { start, end },
    text: text
      .slice(start, end)
      .replace(/^[#;]+/, '')
      .trim(),
    ownLine: before < 0 || text[before] === '\n' || text[before] === '\r',
  };
}
