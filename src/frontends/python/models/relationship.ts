import type { Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, bracketList, callList, exactName, spanOf, textFrom, written } from '../source.js';
import { isNone, keyword, textOf, truth, type CallValue, type Value } from '../values/value.js';
import { annotationFact, type Annotation } from './annotation.js';
import type { RawRelationship } from './raw.js';

const names = /^(?:sqlalchemy\.(?:relationship|relation|dynamic_loader)|sqlmodel\.Relationship)$/;

export const relationshipCall = (value: Value | undefined): CallValue | undefined =>
  value?.kind === 'call' && names.test(value.func) ? value : undefined;

/** The class on the other side, by its last name: a class, text, or a lambda that gives one. */
function classNameOf(value: Value | undefined, reading: Reading): string | undefined {
  if (value === undefined) return undefined;
  const text = textOf(value);
  if (text !== undefined) return text.split('.').at(-1);
  if (value.kind === 'function' && value.node.kind === 'Lambda') {
    return classNameOf(reading.interpreter.evaluate(value.node.body, value.scope), reading);
  }
  return reading.interpreter.nameOf(value)?.split('.').at(-1);
}

const pythonConstant = (value: number | boolean | null): string =>
  value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);

/** The attributes that `foreign_keys=` names: columns, a list of them, or the text of either, a lambda around it or not. */
function keyNames(text: string): string[] | undefined {
  const list = text.replace(/^lambda\s*:\s*/, '').replace(/^\[\s*|,?\s*\]$/g, '');
  const names = list.split(',').map((name) => /^(?:\w+\.)*(\w+)$/.exec(name.trim())?.[1]);
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Reads `relationship(…)` or SQLModel's `Relationship(…)`. */
export function readRelationship(
  call: CallValue,
  attribute: { name: string; span: Span },
  span: Span,
  annotation: Annotation | undefined,
  reading: Reading,
): RawRelationship {
  const { source } = reading;
  const isSqlmodel = call.func === 'sqlmodel.Relationship';
  const kwargs = keyword(call, 'sa_relationship_kwargs');
  const inner = kwargs?.value.kind === 'dict' ? kwargs.value.entries : [];
  const given = (name: string): Value | undefined =>
    keyword(call, name)?.value ?? inner.find(([key]) => textOf(key) === name)?.[1];
  const target =
    classNameOf(isSqlmodel ? undefined : (keyword(call, 'argument')?.value ?? call.args[0]?.value), reading) ??
    (annotation !== undefined && annotation.written !== '' ? annotation.written : undefined);
  const uselist = given('uselist');
  const lazy = given('lazy');
  const loading =
    lazy === undefined ? undefined : (textOf(lazy) ?? (lazy.kind === 'const' ? pythonConstant(lazy.value) : 'unknown'));
  const keyArg = keyword(call, 'foreign_keys');
  const keyText = textOf(given('foreign_keys')) ?? (keyArg && written(source, keyArg.node));
  const keys = keyText === undefined ? undefined : keyNames(keyText);
  const isCustom = given('primaryjoin') !== undefined || (given('foreign_keys') !== undefined && keys === undefined);
  const secondary = given('secondary') ?? given('link_model');
  const inverse = textOf(given('back_populates'));
  const backref = given('backref');
  const backrefName = textOf(backref) ?? (backref?.kind === 'call' ? textOf(backref.args[0]?.value) : undefined);
  const docArg = keyword(call, 'doc');
  const innerDoc = textOf(inner.find(([key]) => textOf(key) === 'doc')?.[1]);
  const doc =
    (docArg && textFrom(docArg)) ??
    (innerDoc !== undefined && kwargs ? { value: innerDoc, span: spanOf(kwargs) } : undefined) ??
    reading.docComment(span);
  const many =
    uselist === undefined || isNone(uselist)
      ? annotation?.type && (annotation.collection !== undefined || /Dynamic|WriteOnly/.test(annotation.wrapper ?? ''))
      : truth(uselist);
  const kwargsList = kwargs && bracketList(kwargs.node, source);
  const open = call.open || (kwargs !== undefined && kwargs.value.kind !== 'dict');
  return {
    kind: 'relationship',
    relationship: {
      attribute: exactName(attribute.name, attribute.span),
      kind: 'unknown',
      ...(target !== undefined && { target }),
      ...((inverse ?? backrefName) !== undefined && { inverse: inverse ?? backrefName }),
      ...(backrefName !== undefined && inverse === undefined && { makesInverse: true as const }),
      ...(annotation && { annotation: annotationFact(annotation) }),
      ...(typeof many === 'boolean' && { collection: many }),
      ...(keys && { keyedBy: keys }),
      ...(isCustom && { custom: true as const }),
      ...(loading !== undefined && { loading }),
      ...(doc && doc.value !== '' && { doc }),
      span: spanOf(span),
      anchor: anchorAt(source, span, {
        call: callList(call.node),
        ...(kwargsList && { saRelationshipKwargs: kwargsList }),
      }),
      uncertain: open
        ? [{ about: 'everything', reason: 'the relationship is declared with arguments that are not known' }]
        : [],
    },
    ...(typeof many === 'boolean' && { many }),
    secondary: secondary !== undefined && !isNone(secondary),
    ...(backrefName !== undefined && { backref: backrefName }),
  } as RawRelationship;
}
