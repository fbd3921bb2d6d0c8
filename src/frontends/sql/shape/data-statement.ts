import { readData } from './data.js';
import type { Cursor } from './cursor.js';
import { base, type Shape, type ShapeReader } from './shape.js';
import { stringValue } from './text.js';

/** Queries and changes of data. */
export const readDataStatement: ShapeReader = (cursor, shape, { routine }) => {
  const settings = settingCalls(cursor);
  const facts = readData(cursor, routine);
  shape.operations = [...facts.operations, ...settings];
  shape.reads = facts.reads;
  shape.writes = facts.writes;
  const last = facts.operations.findLast((each) => each.kind === 'Update' || each.kind === 'Delete');
  if (last && 'where' in last) shape.where = last.where;
};

/** SELECT set_config('lock_timeout', '5s', true). */
export function settingCalls(cursor: Cursor): Shape['operations'] {
  const found: Shape['operations'] = [];
  const { dialect } = cursor.source;
  for (let at = cursor.indexOf('SET_CONFIG'); at >= 0; at = cursor.indexOf('SET_CONFIG', at + 1)) {
    if (cursor.wordAt(at + 1) !== '(') continue;
    const call = cursor.within([0, cursor.length]);
    call.at = at + 1;
    const range = call.parenthesis();
    const [name, value, local] = range ? call.within(range).list() : [];
    const nameToken = name?.tokenAt(0);
    if (name === undefined || nameToken?.kind !== 'string' || value === undefined) continue;
    const text = value.length === 1 && value.tokenAt(0)?.kind === 'string';
    found.push({
      kind: 'SetSetting',
      ...base(cursor.span(0, cursor.length)),
      name: stringValue(name.written(nameToken), dialect).toLowerCase(),
      value: text ? stringValue(value.written(value.tokenAt(0)!), dialect) : value.between(0, value.length),
      scope: local?.is('TRUE') ? 'transaction' : 'session',
    });
  }
  return found;
}
