import type { Comment, FileFacts, FileProblem } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { ReadContext, SourceFile } from '../front-end.js';
import { enginesOf } from './schema/datasource.js';
import { parse } from './syntax/parse.js';
import type { Token } from './syntax/tokens.js';
import type { Block } from './syntax/tree.js';

/** What a file of a schema declares: linked with the other files, its tables come of it. */
export interface FileSymbols {
  blocks: Block[];
}

/** Reads one file of a Prisma schema. Never throws. */
export function read({ path, text }: SourceFile, { dialect, scope }: ReadContext): FileFacts {
  const facts = emptyFacts({ path, frontend: 'prisma', dialect, scope });
  if (isNextGeneration(path, text)) return { ...facts, problems: [nextGeneration] };
  const { blocks, comments, mistakes } = parse(text);
  const symbols: FileSymbols = { blocks };
  const engines = blocks.filter(({ keyword }) => keyword === 'datasource').flatMap((block) => enginesOf(block, text));
  return {
    ...facts,
    comments: comments.map((token) => commentOf(token, text)),
    problems: mistakes.map((mistake) => ({ code: 'syntax', ...mistake })),
    ...(engines.length > 0 && { engines }),
    symbols,
  };
}

/** A contract of the client that follows Prisma 7: a language of its own under the same extension. */
export const isNextGeneration = (path: string, text: string): boolean =>
  /(?:^|\/)contract\.prisma$/.test(path) || /^\s*\/\/+[ \t]*use prisma-next\b/.test(text);

const nextGeneration: FileProblem = {
  code: 'unreadable',
  message: 'This is a contract of Prisma Next, which ddlint does not read yet: no rule has looked at it.',
  span: { start: 0, end: 0 },
};

function commentOf({ kind, text: written, start, end }: Token, text: string): Comment {
  const leader = kind === 'doc' ? 3 : 2;
  const inner = kind === 'block-comment' ? written.slice(2, -2) : written.slice(leader);
  let before = start;
  while (before > 0 && /[^\S\r\n]/.test(text[before - 1]!)) before--;
  const ownLine = before === 0 || /[\r\n]/.test(text[before - 1]!);
  return { span: { start, end }, text: inner.trim(), ownLine };
}
