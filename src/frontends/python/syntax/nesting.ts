import type { Span } from '../../../ir/index.js';
import { spanOf } from '../source.js';
import type { Stmt } from './nodes.js';

/** Nesting of statements below which none is read: each `elif` stands inside of the one before. */
const maxDepth = 200;

/** The lists of statements inside a statement. */
export function blocksOf(stmt: Stmt): Stmt[][] {
  switch (stmt.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [stmt.body];
    case 'If':
    case 'For':
    case 'While':
      return [stmt.body, stmt.orelse];
    case 'Try':
      return [stmt.body, ...stmt.handlers.map(({ body }) => body), stmt.orelse, stmt.final];
    case 'Match':
      return stmt.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Empties, in place, the blocks that are nested too deeply to be followed. Returns the first statement taken out. */
export function cutNesting(body: readonly Stmt[]): Span | undefined {
  let first: Span | undefined;
  let level = [...body];
  for (let depth = 1; level.length > 0; depth += 1) {
    const blocks = level.flatMap(blocksOf);
    if (depth < maxDepth) {
      level = blocks.flat();
      continue;
    }
    for (const block of blocks) {
      const [removed] = block.splice(0);
      if (removed !== undefined && (first === undefined || removed.start < first.start)) first = spanOf(removed);
    }
    break;
  }
  return first;
}
