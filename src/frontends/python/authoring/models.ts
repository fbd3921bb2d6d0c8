import type { Relationship, Table, TextEdit } from '../../../ir/index.js';
import { literal } from './edits.js';
import { importing } from './imports.js';
import type { Page } from './keywords.js';

/** `table=True` in the head of a SQLModel class. */
export function declareTable({ span }: Table, { source }: Page): TextEdit[] | undefined {
  const head = /^\s*\(\s*[^()]*[^(),\s]/.exec(source.slice(span.end));
  if (head === null || !/^\s*,?\s*\)/.test(source.slice(span.end + head[0].length))) return undefined;
  const at = span.end + head[0].length;
  return [{ span: { start: at, end: at }, text: ', table=True' }];
}

/** The attribute of the other class that a relationship names as its inverse, at the end of that class. */
export function addInverse(
  { inverse, attribute, collection, annotation, anchor }: Relationship,
  from: Table,
  to: Table,
  { source, manner }: Page,
): TextEdit[] | undefined {
  const end = to.anchor?.span.end;
  const own = from.className;
  if (
    inverse === undefined ||
    own === undefined ||
    end === undefined ||
    anchor === undefined ||
    to.anchor === undefined
  )
    return undefined;
  const { points } = to.anchor;
  const first = points['statementStart'] ?? points['beforeStatement'];
  const indent = first === undefined ? undefined : /(?:^|[\r\n])([ \t]*)$/.exec(source.slice(0, first))?.[1];
  const call = /((?:\w+\.)*(?:relationship|Relationship))\s*\($/.exec(
    source.slice(anchor.span.start, anchor.lists['call']?.open ?? anchor.span.start),
  )?.[1];
  if (indent === undefined || call === undefined) return undefined;
  const back = `back_populates=${literal(attribute.value, manner)}`;
  const target = literal(own, manner);
  const needs =
    annotation?.wrapper === 'Mapped' ? importing(source, [{ module: 'sqlalchemy.orm', name: 'Mapped' }]) : undefined;
  // A side that holds several objects is one of them to each.
  const held = collection === true ? target : `list[${target}]`;
  const statement = call.endsWith('Relationship')
    ? `${inverse}: ${held} = ${call}(${back})`
    : needs
      ? `${inverse}: ${needs.names[0] ?? 'Mapped'}[${held}] = ${call}(${back})`
      : `${inverse} = ${call}(${target}, ${back})`;
  return [...(needs?.edits ?? []), { span: { start: end, end }, text: `${manner.newline}${indent}${statement}` }];
}
