import type { Comment, FileFacts } from '../../ir/index.js';
import type { ReadContext, SourceFile } from '../front-end.js';
import { fileSource } from './source.js';
import { pieces } from './split.js';
import { readStatement } from './statements.js';
import type { Token } from './tokens.js';

/** A comment without its leader, its end and the blanks around. */
function commentOf(text: string, token: Token): Comment {
  const written = text.slice(token.start, token.end);
  const inner =
    token.kind === 'line-comment'
      ? written.replace(/^(--+|#+)/, '')
      : written.slice(2, token.unterminated ? undefined : -2);
  let before = token.start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  return {
    span: { start: token.start, end: token.end },
    text: inner.trim(),
    ownLine: before < 0 || text[before] === '\n',
  };
}

/** Reads one SQL file. */
export function read(file: SourceFile, context: ReadContext): FileFacts {
  const { text } = file;
  const source = fileSource(text, context.dialect);
  const facts: FileFacts = {
    path: file.path,
    frontend: 'sql',
    dialect: context.dialect,
    scope: context.scope,
    tables: [],
    enums: [],
    migrations: [],
    statements: [],
    sites: [],
    usages: [],
    comments: [],
    problems: [],
  };
  for (const piece of pieces(source, (token) => facts.comments.push(commentOf(text, token)))) {
    if (piece.kind === 'statement') facts.statements.push(readStatement(source, piece, 'unknown'));
  }
  return facts;
}
