import type { Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, bracketList, callList, exactName, spanOf, textFrom, written } from '../source.js';
import { isNone, keyword, textOf, truth, type Arg, type CallValue, type Value } from '../values/value.js';
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

/** A loading strategy as written. */
const loadingOf = (lazy: Value | undefined): string | undefined =>
  lazy === undefined ? undefined : (textOf(lazy) ?? (lazy.kind === 'const' ? pythonConstant(lazy.value) : 'unknown'));

/** Annotations that bring a loading strategy along. */
const ownLoading: { [wrapper: string]: string } = { DynamicMapped: 'dynamic', WriteOnlyMapped: 'write_only' };

/** The association table that `secondary=` or `link_model=` names. */
function throughOf(arg: Arg | undefined, reading: Reading): RawRelationship['through'] {
  if (arg === undefined) return undefined;
  const { interpreter } = reading;
  let { value, node } = arg;
  if (value.kind === 'function' && value.node.kind === 'Lambda') {
    node = value.node.body;
    value = interpreter.evaluate(node, value.scope);
  }
  const text = textOf(value);
  if (text !== undefined) return { text };
  if (value.kind === 'call' && value.func === 'sqlalchemy.Table' && node.kind === 'Name')
    return { ref: `${interpreter.module}.${node.id}` };
  const ref = interpreter.nameOf(value);
  return ref === undefined ? undefined : { ref: ref.replace(/\.__table__$/, '') };
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
  const argOf = (name: string): Arg | undefined => {
    const own = keyword(call, name);
    if (own !== undefined || kwargs === undefined) return own;
    const value = inner.find(([key]) => textOf(key) === name)?.[1];
    return value && { value, node: kwargs.node };
  };
  const given = (name: string): Value | undefined => argOf(name)?.value;
  const target =
    classNameOf(isSqlmodel ? undefined : (keyword(call, 'argument')?.value ?? call.args[0]?.value), reading) ??
    (annotation !== undefined && annotation.written !== '' ? annotation.written : undefined);
  const uselist = given('uselist');
  const lazy = given('lazy');
  const loading = loadingOf(lazy) ?? (annotation?.wrapper && ownLoading[annotation.wrapper]);
  const viewOnly = given('viewonly');
  const keyArg = keyword(call, 'foreign_keys');
  const keyText = textOf(given('foreign_keys')) ?? (keyArg && written(source, keyArg.node));
  const keys = keyText === undefined ? undefined : keyNames(keyText);
  const isCustom = given('primaryjoin') !== undefined || (given('foreign_keys') !== undefined && keys === undefined);
  const secondary = given('secondary') ?? given('link_model');
  const inverse = textOf(given('back_populates'));
  const backref = given('backref');
  const backrefName = textOf(backref) ?? (backref?.kind === 'call' ? textOf(backref.args[0]?.value) : undefined);
  const backrefCall = backref?.kind === 'call' ? backref : undefined;
  const backrefLoading = loadingOf(backrefCall && keyword(backrefCall, 'lazy')?.value);
  const backrefUselist = backrefCall && keyword(backrefCall, 'uselist')?.value;
  const backrefMany = backrefUselist && truth(backrefUselist);
  const through = throughOf(argOf('secondary') ?? argOf('link_model'), reading);
  const remoteArg = keyword(call, 'remote_side');
  const remoteText = textOf(given('remote_side')) ?? (remoteArg && written(source, remoteArg.node));
  const remote = remoteText === undefined ? undefined : keyNames(remoteText);
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
      ...(viewOnly !== undefined && truth(viewOnly) !== false && { viewOnly: true as const }),
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
    ...(through && { through }),
    ...(remote && { remote }),
    ...(backrefLoading !== undefined && { backrefLoading }),
    ...(backrefMany !== undefined && { backrefMany }),
    ...(backrefName !== undefined && { backref: backrefName }),
  } as RawRelationship;
}
