import type { ModuleImport } from '../../../ir/index.js';
import { spanOf } from '../source.js';
import type { Module, Stmt } from '../syntax/nodes.js';
import { absoluteModule } from '../values/names.js';

/** What a module imports anywhere in it, in order. Names that a library of its own keeps apart are all told alike. */
export function importsOf(module: Module, path: string): ModuleImport[] {
  const found: ModuleImport[] = [];
  const open: Stmt[] = [...module.body].reverse();
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    if (stmt.kind === 'ImportFrom') {
      found.push({
        module: absoluteModule(path, stmt.level, stmt.module),
        names: stmt.names.map(({ name, as }) => ({ name, as: as ?? name })),
        span: spanOf(stmt),
      });
    } else if (stmt.kind === 'Import') {
      for (const { module: name } of stmt.names) found.push({ module: name, names: [], span: spanOf(stmt) });
    } else open.push(...bodiesOf(stmt).reverse());
  }
  return found;
}

function bodiesOf(stmt: Stmt): Stmt[] {
  switch (stmt.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [...stmt.body];
    case 'If':
    case 'For':
    case 'While':
      return [...stmt.body, ...stmt.orelse];
    case 'Try':
      return [...stmt.body, ...stmt.handlers.flatMap(({ body }) => body), ...stmt.orelse, ...stmt.final];
    case 'Match':
      return stmt.cases.flatMap(({ body }) => body);
    default:
      return [];
  }
}
