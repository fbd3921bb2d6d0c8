import type { LegacyQuery, TextEdit } from '../../../ir/index.js';
import { importing } from './imports.js';

/** Methods that a `select()` has under the same name, and `filter`, which is `where` there. */
const same =
  /^(?:where|filter_by|order_by|join|outerjoin|limit|offset|group_by|having|distinct|options|with_for_update|execution_options)$/;
const ends: { [method: string]: string } = { all: 'all', first: 'first', one: 'one', one_or_none: 'one_or_none' };

/** Writes `session.query(User).filter(…).all()` as `session.scalars(select(User).where(…)).all()`. */
export function selectInstead(query: LegacyQuery, source: string): TextEdit[] | undefined {
  const { form, library, target, entity, methods, anchor, span, head } = query;
  const receiverEnd = anchor?.points['receiverEnd'];
  if (form !== 'session.query' || !entity || target === undefined || anchor === undefined) return undefined;
  if (receiverEnd === undefined) return undefined;
  const session = source.slice(head.start, receiverEnd);
  const given = methods.map((_, index) => {
    const list = anchor.lists[`method${String(index)}`];
    return list && source.slice(list.open, list.close);
  });
  const last = methods.length - 1;
  if (methods.length === 1 && methods[0] === 'get')
    return given[0] === undefined ? undefined : [{ span, text: `${session}.get(${target}, ${given[0].trim()})` }];
  const end = ends[methods[last] ?? ''];
  if (end === undefined || !Object.hasOwn(ends, methods[last] ?? '') || given[last]?.trim() !== '') return undefined;
  let chain = '';
  for (const [index, method] of methods.slice(0, last).entries()) {
    const text = given[index];
    const name = method === 'filter' ? 'where' : method;
    // Eager joins give a parent once for each child; relationships by name are gone.
    const isSame = same.test(name) && text !== undefined && !/joinedload|contains_eager/.test(text);
    if (!isSame || (/join$/.test(name) && /^\s*["']/.test(text))) return undefined;
    chain += `.${name}(${text})`;
  }
  if (end === 'first' && !methods.includes('limit')) chain += '.limit(1)';
  const module = library === 'sqlmodel' ? 'sqlmodel' : 'sqlalchemy';
  const spelled = importing(source, [{ module, name: 'select' }]);
  const select = spelled?.names[0];
  if (spelled === undefined || select === undefined) return undefined;
  const run = library === 'sqlmodel' ? 'exec' : 'scalars';
  return [...spelled.edits, { span, text: `${session}.${run}(${select}(${target})${chain}).${end}()` }];
}
