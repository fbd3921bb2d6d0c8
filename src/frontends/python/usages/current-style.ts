import { spanOf } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import { importedName } from './names.js';
import type { Desk } from './desk.js';

const current = new Set([
  'DeclarativeBase',
  'DeclarativeBaseNoMeta',
  'Mapped',
  'MappedAsDataclass',
  'mapped_column',
  'async_sessionmaker',
  'DynamicMapped',
  'WriteOnlyMapped',
]);

/** What a file uses that came with SQLAlchemy 2.0: its classes, and `select()` without a list around its columns. */
export function currentStyle(desk: Desk): void {
  const found = importedStyle(desk) ?? selectCall(desk);
  if (found === undefined) return;
  desk.add({ kind: 'current-style', api: found.api, context: desk.context, span: found.span });
}

function importedStyle({ code: { statements }, reading: { path } }: Desk) {
  for (const { stmt } of statements) {
    if (stmt.kind !== 'ImportFrom' || stmt.level > 0) continue;
    for (const { name } of stmt.names) {
      const full = importedName(`${stmt.module}:${name}`, path);
      if (/^sqlalchemy\./.test(full) && current.has(name)) return { api: name, span: spanOf(stmt) };
      if (/^sqlmodel\b/.test(full)) return { api: 'sqlmodel', span: spanOf(stmt) };
    }
  }
  return undefined;
}

function selectCall(desk: Desk) {
  for (const place of desk.code.calls) {
    const { node } = place;
    const [first] = node.args;
    const isPlain = first !== undefined && /^(?:Name|Attribute|Call)$/.test(first.kind);
    if (!isPlain || lastName(node.func) !== 'select' || isModelCall(first)) continue;
    if (desk.nameOf(node.func, place) === 'sqlalchemy.select') return { api: 'select()', span: spanOf(node) };
  }
  return undefined;
}

/** In 1.x a variable may hold the list. */
const isModelCall = (expr: Expr): boolean => expr.kind === 'Name' && !/^[A-Z]/.test(expr.id);
const lastName = (func: Expr): string => (func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '');
