import type { Constraint, TextEdit } from '../../../ir/index.js';
import { nameConstraint as nameInSql } from '../../sql/authoring-constraint.js';
import { literal, type Manner } from './edits.js';

/** `name="…"` in the call that declares a constraint, or in the place of the None that stands for its name. */
export function nameConstraint(
  constraint: Constraint,
  name: string,
  source: string,
  manner: Manner,
  { final }: { final: boolean } = { final: false },
): TextEdit[] | undefined {
  const { start, end } = constraint.span;
  if (constraint.name !== undefined) return undefined;
  const call = /^([\w.]+)\s*\(/.exec(source.slice(start, end));
  if (call === null || source[end - 1] !== ')') return nameInSql(constraint, name, source);
  const [head, func = ''] = call;
  const value = final ? `op.f(${literal(name, manner)})` : literal(name, manner);
  if (/\.create_\w+$/.test(func)) {
    const none = /^\s*(?:constraint_name\s*=\s*)?None\b/.exec(source.slice(start + head.length, end));
    if (none === null) return undefined;
    const to = start + head.length + none[0].length;
    return [{ span: { start: to - 'None'.length, end: to }, text: value }];
  }
  // A key that is written at its column has no call of its own.
  if (!/(?:Constraint|ForeignKey|Boolean|Enum)$/i.test(func)) return undefined;
  const inside = source.slice(start + head.length, end - 1);
  const blank = /\s*$/.exec(inside)?.[0] ?? '';
  const at = end - 1 - blank.length;
  const kept = inside.trimEnd();
  const separator = kept === '' ? '' : kept.endsWith(',') ? ' ' : ', ';
  return [{ span: { start: at, end: at }, text: `${separator}name=${value}` }];
}
