import { ts } from 'ts-morph';
import type { MigrationBody, Step } from '../../ir/index.js';
import { walkBody, type BodyReader } from './bodies.js';
import { spanOf } from './syntax.js';
import type { Scope } from './values/scope.js';

/** What a library makes of the calls in one half of a migration. */
interface HalfReader extends BodyReader {
  readonly steps: { readonly list: Step[] };
}

/**
 * Reads the `up` or the `down` of a migration.
 * @param scope with what the runner gives to its parameters
 */
export function readHalf(declared: ts.FunctionLikeDeclaration, scope: Scope, reader: HalfReader): MigrationBody {
  const { body } = declared;
  const span = spanOf(body ?? declared);
  if (!body) return { state: 'missing', steps: [], span };
  walkBody(body as ts.ConciseBody, scope, reader);
  const { list } = reader.steps;
  if (list.length > 0) return { state: 'present', steps: list, span };
  const throws = ts.isBlock(body) && body.statements.some((statement) => ts.isThrowStatement(statement));
  return { state: throws ? 'raises' : 'empty', steps: [], span };
}
