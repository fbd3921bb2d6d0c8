import type { LegacyBase } from '../../../ir/index.js';
import { anchorAt, callList, spanOf } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import type { Desk } from './desk.js';
import { importedName, type Names } from './names.js';

const makers: { [name: string]: LegacyBase['form'] } = {
  'sqlalchemy.declarative_base': 'declarative_base',
  'sqlalchemy.registry().generate_base': 'generate_base',
  'sqlalchemy.as_declarative': 'as_declarative',
};

/** `Base = declarative_base()`, `registry().generate_base()`, `@as_declarative()`. */
export function legacyBases(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node, stmt, around } = place;
    const name = desk.nameOf(node.func, place);
    const form = Object.hasOwn(makers, name) ? makers[name] : undefined;
    if (form === undefined) continue;
    const target =
      stmt.kind === 'Assign' && stmt.value === node && stmt.targets.length === 1 ? stmt.targets[0] : undefined;
    const imported = importOf(node.func, around.names);
    desk.add({
      kind: 'legacy-base',
      form,
      api: `${desk.written(node.func)}()`,
      fromExtension: imported !== undefined && /\bext\b/.test(importedName(imported, desk.reading.path)),
      ...(target?.kind === 'Name' && { name: target.id }),
      context: desk.context,
      span: spanOf(node),
      ...(target?.kind === 'Name' &&
        around.kind === 'module' && { anchor: anchorAt(desk.reading.source, stmt, { call: callList(node) }) }),
    });
  }
}

/** The import that the first name of an expression comes from, and the names behind it. */
function importOf(func: Expr, from: Names): string | undefined {
  const rest: string[] = [];
  let root = func;
  while (root.kind === 'Attribute') {
    rest.unshift(root.attr);
    root = root.value;
  }
  if (root.kind !== 'Name') return undefined;
  for (let names: Names | undefined = from; names !== undefined; names = names.parent) {
    const bound = names.bound.get(root.id)?.find(({ how }) => how === 'import');
    if (bound?.how === 'import') return [bound.name, ...rest].join('.');
  }
  return undefined;
}
