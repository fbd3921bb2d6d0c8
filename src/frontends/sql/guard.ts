import type { Statement } from '../../ir/index.js';
import type { Provider } from './providers/provider.js';
import { TEXT_LIMIT } from './statements.js';
import { isTrivia, Lexer } from './tokens.js';

/** Statements nested deeper than this are not handed to a parser. */
const DEPTH_LIMIT = 200;
const TOKEN_LIMIT = 20_000;
/** `1+1+1+…` nests as deep as it is long: a parser that runs out of stack over it may not recover. */
const CHAIN_LIMIT = 4000;

/** Why a statement can't be handed to a parser, or nothing. Empty where nobody need be told. */
export function guarded({ text, dialect }: Statement, { takesUnbalanced }: Provider): string | undefined {
  if (text.length >= TEXT_LIMIT) return 'The statement is too long to be checked; only its head was read.';
  const lexer = new Lexer(text, dialect);
  /** Operators since the last comma, for each parenthesis that is open. */
  const chains = [0];
  let chain = 0;
  let deepest = 0;
  let count = 0;
  let balanced = true;
  for (let token = lexer.next(); token; token = lexer.next()) {
    if (isTrivia(token)) continue;
    count++;
    if (token.unterminated) return '';
    if (token.kind === 'operator') chain = Math.max(chain, ++chains[chains.length - 1]!);
    else if (token.kind === 'punctuation') {
      const sign = text[token.start];
      if (sign === '(') deepest = Math.max(deepest, chains.push(0) - 1);
      else if (sign === ',') chains[chains.length - 1] = 0;
      else if (sign === ')' && chains.length > 1) chains.pop();
      else if (sign === ')') balanced = false;
    }
  }
  if (deepest > DEPTH_LIMIT) return `The statement nests ${String(deepest)} levels deep, too deep to be checked.`;
  if (count > TOKEN_LIMIT) return 'The statement is too long to be checked.';
  if (chain > CHAIN_LIMIT) return `The statement chains ${String(chain)} operators, too many to be checked.`;
  // The parsers that come from a server's grammar tell where a parenthesis is missing; the other one takes exponential
  // time to find nothing.
  return (balanced && chains.length === 1) || takesUnbalanced ? undefined : '';
}
