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
  /** The major version of Prisma, where the package.json around the file says it. */
  version?: number;
}

/** Reads one file of a Prisma schema. Never throws. */
export function read({ path, text }: SourceFile, { dialect, scope, packages }: ReadContext): FileFacts {
  const facts = emptyFacts({ path, frontend: 'prisma', dialect, scope });
  if (ofNextGeneration.test(text)) return { ...facts, problems: [nextGeneration] };
  const { blocks, comments, mistakes } = parse(text);
  const version = majorOf(packages?.['prisma'] ?? packages?.['@prisma/client']);
  const symbols: FileSymbols = { blocks, ...(version !== undefined && { version }) };
  const engines = blocks.filter(({ keyword }) => keyword === 'datasource').flatMap((block) => enginesOf(block, text));
  return {
    ...facts,
    comments: comments.map((token) => commentOf(token, text)),
    problems: mistakes.map((mistake) => ({ code: 'syntax', ...mistake })),
    ...(engines.length > 0 && { engines }),
    symbols,
  };
}

/** The only major version that a range allows, as far as it is plain: `^6.19.0`, `~5.2`, `7.9.1`, `6.x`. */
function majorOf(range: string | undefined): number | undefined {
  const major = /^[\^~=v]?(\d+)(?:\.[\dx*][\w.+*-]*)?$/.exec(range ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}

/** What only a contract of Prisma Next holds, the language that follows Prisma 7 under the same extension. */
const ofNextGeneration = /^[ \t]*\/\/+[ \t]*use prisma-next\b|^[ \t]*(?:types|namespace[ \t]+\w+)[ \t]*\{|@@type\(/m;

/** Whether a file bears the name that such a contract has: one without a datasource around it is one. */
export const isNamedContract = (path: string): boolean => /(?:^|\/)contract\.prisma$/.test(path);

export const nextGeneration: FileProblem = {
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
