import type { Comment } from '../../ir/index.js';
import type { Token } from './tokens.js';

/** A comment without its leader, its end and the blanks around. */
export function commentOf(text: string, token: Token): Comment {
  const written = text.slice(token.start, token.end);
  const inner =
    token.kind === 'line-comment'
      ? written.replace(/^(?:--+|#+)/, '')
      : written.slice(2, token.unterminated ? undefined : -2);
  let before = token.start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  return {
    span: { start: token.start, end: token.end },
    text: inner.trim(),
    ownLine: before < 0 || text[before] === '\n' || text[before] === '\r',
  };
}
