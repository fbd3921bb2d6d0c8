import type {
  CheckConstraint,
  Column,
  Constraint,
  Dialect,
  ForeignKey,
  Name,
  Span,
  Uncertainty,
} from '../../../ir/index.js';
import { relocated } from '../link/relocate.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, contentSpan, exactName, nameFrom, spanOf, sqlText, textFrom } from '../source.js';
import { canonical } from '../values/names.js';
import { isNone, itemsOf, keyword, textOf, truth, type Arg, type CallValue, type Value } from '../values/value.js';
import { annotationFact, type Annotation } from './annotation.js';
import { standIn } from './custom-types.js';
import { defaultOf, onChangeOf } from './defaults.js';
import { checkOf, enumOf, isChecked, type RawEnum } from './enums.js';
import type { RawColumn } from './raw.js';
import { columnType, looksLikeType, typeName, typeNameOfPython } from './types.js';

/** The names of SQLAlchemy's calls that declare a column. */
export const columnCall = (value: Value | undefined): CallValue | undefined =>
  value?.kind === 'call' && /^sqlalchemy\.(?:Column|mapped_column)$/.test(value.func) ? value : undefined;

export interface ColumnContext {
  reading: Reading;
  /** The statement or argument that declares the column. */
  span: Span;
  attribute?: { name: string; span: Span };
  annotation?: Annotation;
  annotationEnd?: number;
  /** SQLAlchemy 1.x leaves a column nullable; an annotation says it. */
  nullableByDefault: boolean;
}

/** A reference split into its parts, each standing where it is written: `schema.table.column`. */
function target(text: string, at: Span, written: boolean): Pick<ForeignKey, 'target' | 'targetColumns'> {
  const parts = text.split('.');
  let offset = at.start;
  const names = parts.map((part): Name => {
    const span = written ? { start: offset, end: offset + part.length } : spanOf(at);
    offset += part.length + 1;
    return exactName(part, span);
  });
  const column = names.pop();
  const table = names.pop();
  const schema = names.pop();
  if (column === undefined || table === undefined) {
    // A name without a dot is a table whose key column is the one of the same name.
    return column === undefined
      ? { targetColumns: [] }
      : { target: { name: column, span: spanOf(at) }, targetColumns: [] };
  }
  const span = { start: (schema ?? table).span.start, end: table.span.end };
  return { target: { ...(schema && { schema }), name: table, span }, targetColumns: [column] };
}

/** What a `ForeignKey(…)` or `ForeignKeyConstraint` names as its target; `ref` for a class attribute. */
export function targetOf(arg: Arg): Pick<ForeignKey, 'target' | 'targetColumns'> & { ref?: string } {
  const text = textOf(arg.value);
  if (text !== undefined) {
    const at = contentSpan(arg.node);
    return target(text, at, arg.node.kind === 'Str' && at.end - at.start === text.length);
  }
  const { value } = arg;
  if (value.kind === 'ref') return { targetColumns: [], ref: canonical(value.name).replace('.__table__.c.', '.') };
  return { targetColumns: [] };
}

const actionOf = (call: CallValue, name: string): string | undefined =>
  textOf(keyword(call, name)?.value)?.toUpperCase();

/** When a constraint is checked, by the options that all calls which declare one share. */
export function deferral(call: CallValue): Pick<Constraint, 'deferrable' | 'initiallyDeferred'> {
  const deferrable = keyword(call, 'deferrable');
  const isDeferred = textOf(keyword(call, 'initially')?.value)?.toUpperCase() === 'DEFERRED';
  return {
    ...((isDeferred || (deferrable && truth(deferrable.value) === true)) && { deferrable: true as const }),
    ...(isDeferred && { initiallyDeferred: true as const }),
  };
}

/** A foreign key with the options that all ways to write one share. */
export function foreignKey(
  call: CallValue,
  columns: Name[],
  to: Pick<ForeignKey, 'target' | 'targetColumns'>,
): ForeignKey {
  const nameArg = keyword(call, 'name');
  const name = nameArg && nameFrom(nameArg);
  const onDelete = actionOf(call, 'ondelete');
  const onUpdate = actionOf(call, 'onupdate');
  const match = textOf(keyword(call, 'match')?.value)?.toLowerCase();
  const useAlter = keyword(call, 'use_alter');
  return {
    kind: 'foreign',
    columns,
    ...(to.target && { target: to.target }),
    targetColumns: to.targetColumns,
    ...(name && { name }),
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...validity(call),
    ...(match !== undefined && match !== 'simple' && { match }),
    ...deferral(call),
    ...(useAlter && truth(useAlter.value) === true && { addedLater: true as const }),
    span: spanOf(call.node),
    uncertain: to.target ? [] : [{ about: 'target', reason: 'the target of the foreign key is not known' }],
  };
}

/** Whether a constraint leaves the rows alone that are there: PostgreSQL's NOT VALID. */
export function validity(call: CallValue): { notValid?: true } {
  const notValid = keyword(call, 'postgresql_not_valid');
  return notValid && truth(notValid.value) === true ? { notValid: true } : {};
}

const flag = (call: CallValue, name: string): boolean | 'unknown' | undefined => {
  const given = keyword(call, name);
  return given === undefined ? undefined : (truth(given.value) ?? 'unknown');
};

type Generated = Pick<Column, 'generated' | 'expression' | 'identity'>;

/** What the database fills a column with, as far as its dialect can. */
function generatedBy(call: CallValue, { dialect, source }: Reading): Generated {
  const hasIdentity = dialect !== 'mysql' && dialect !== 'mariadb' && dialect !== 'sqlite';
  for (const { value } of call.args) {
    if (value.kind !== 'call') continue;
    if (value.func === 'sqlalchemy.Identity' && hasIdentity) {
      const always = keyword(value, 'always');
      return { generated: 'identity', identity: { always: always !== undefined && truth(always.value) === true } };
    }
    const [first] = value.args;
    if (value.func === 'sqlalchemy.Computed' && first !== undefined) {
      // What is not said is what the database does by itself.
      const persisted = keyword(value, 'persisted');
      const isStored = persisted === undefined ? hasIdentity : truth(persisted.value) !== false;
      return { generated: isStored ? 'stored' : 'virtual', expression: sqlText(first.value, source, first.node) };
    }
  }
  return {};
}

/** The check that `create_constraint=True` of a type adds where the dialect has no type of its own for it. */
export function typeCheck({ value, node }: Arg, column: Name, dialect: Dialect): CheckConstraint | undefined {
  if (value.kind !== 'call') return undefined;
  const asked = keyword(value, 'create_constraint');
  if (asked === undefined || truth(asked.value) !== true) return undefined;
  const name = keyword(value, 'name');
  const base = { kind: 'check' as const, ...(name && given(nameFrom(name))), span: spanOf(node), uncertain: [] };
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (value.func === 'sqlalchemy.Boolean' && (isMysql || dialect === 'sqlite')) {
    return { ...base, expression: `${column.value} IN (0, 1)` };
  }
  const asEnum = enumOf(value);
  if (asEnum?.labels === undefined || !isChecked(asEnum, dialect)) return undefined;
  return { ...base, expression: checkOf(column.value, asEnum.labels) };
}

const given = (name: Name | undefined) => name && { name };

/** Reads one column. `call` is absent for an attribute that has an annotation only. */
export function readColumn(call: CallValue | undefined, context: ColumnContext): RawColumn | undefined {
  const { reading, annotation, attribute } = context;
  const { source, dialect } = reading;
  const args = [...(call?.args ?? [])];
  const uncertain: Uncertainty[] = [];
  const explicit = call && keyword(call, 'name');
  const [first] = args;
  let name: Name | undefined = explicit && nameFrom(explicit);
  if (name === undefined && first?.value.kind === 'str') {
    name = nameFrom(first);
    args.shift();
  } else if (name === undefined && first !== undefined && attribute === undefined && !looksLikeType(first.value)) {
    uncertain.push({ about: 'name', reason: 'the name of the column is not known' });
  }
  if (name === undefined && first !== undefined && isNone(first.value)) args.shift();
  name ??= attribute && exactName(attribute.name, attribute.span);
  if (name === undefined) {
    if (call === undefined || first === undefined) return undefined;
    name = { ...exactName('', spanOf(first.node)), unknown: true };
    args.shift();
  }

  const givenType =
    (call && keyword(call, 'type_')) ?? args.find(({ value }) => looksLikeType(value) && !isForeignKey(value));
  const typeArg = givenType && { ...givenType, value: standIn(givenType.value, givenType.node, reading) };
  // What a collection holds is not the column's type.
  // SQLAlchemy gives a column that refers to another one its type, whatever the annotation says.
  const isKey = annotation?.wrapper !== undefined && args.some(({ value }) => isForeignKey(value));
  const pythonType = annotation?.collection === undefined && !isKey ? annotation?.type : undefined;
  const type =
    typeArg !== undefined
      ? columnType(typeArg.value, source, typeArg.node, dialect)
      : {
          implied: true as const,
          name: pythonType === undefined ? 'unknown' : typeNameOfPython(pythonType, dialect),
          written: annotation?.written ?? '',
          span: context.attribute?.span ?? context.span,
        };
  const enumeration =
    typeArg === undefined
      ? annotation?.literals && literalsEnum(annotation)
      : typeArg.value.kind === 'call'
        ? enumOf(typeArg.value, reading)
        : undefined;
  const typeRef = givenType === undefined ? undefined : referenceOf(givenType.value, reading);

  const constraints: Constraint[] = [];
  const targets: RawColumn['targets'] = [];
  const isPrimary = call && flag(call, 'primary_key');
  if (isPrimary === true)
    constraints.push({ kind: 'primary', columns: [name], span: keywordSpan(call, 'primary_key'), uncertain: [] });
  for (const { value } of args) {
    if (!isForeignKey(value)) continue;
    const to = value.args[0] === undefined ? { targetColumns: [] } : targetOf(value.args[0]);
    const lists = call ? { column: callList(call.node) } : {};
    constraints.push({ ...foreignKey(value, [name], to), anchor: anchorAt(source, value.node, lists) });
    if (to.ref !== undefined) targets.push({ constraint: constraints.length - 1, ref: to.ref });
  }
  const unique = call && flag(call, 'unique');
  const indexed = call && flag(call, 'index');
  if (unique === true && indexed !== true) {
    constraints.push({ kind: 'unique', columns: [name], span: keywordSpan(call, 'unique'), uncertain: [] });
  }
  for (const { value } of args) {
    if (value.kind !== 'call' || value.func !== 'sqlalchemy.CheckConstraint' || value.args[0] === undefined) continue;
    const checkName = keyword(value, 'name') ?? value.args[1];
    constraints.push({
      kind: 'check',
      expression: sqlText(value.args[0].value, source, value.args[0].node),
      ...(checkName && given(nameFrom(checkName))),
      span: spanOf(value.node),
      uncertain: [],
    });
  }
  const ofType = typeArg && typeCheck(typeArg, name, dialect);
  if (ofType !== undefined) constraints.push(ofType);
  if (call?.open === true) {
    uncertain.push({ about: 'everything', reason: 'the column is declared with arguments that are not known' });
  }
  if (unique === 'unknown' || isPrimary === 'unknown') {
    uncertain.push({ about: 'constraints', reason: 'whether the column is a key is not known' });
  }
  if (indexed === 'unknown') uncertain.push({ about: 'indexes', reason: 'whether the column is indexed is not known' });

  const nullableGiven = call && flag(call, 'nullable');
  const generated = call ? generatedBy(call, reading) : {};
  // `Column` is older than annotations and looks at none.
  const isOld = call?.func === 'sqlalchemy.Column';
  const isTyped = !isOld && (annotation?.wrapper !== undefined || annotation?.type !== undefined);
  const byAnnotation = isTyped ? annotation.optional : undefined;
  const nullable =
    isPrimary === true
      ? false
      : (nullableGiven ?? byAnnotation ?? (isIdentity(call) ? false : isOld || context.nullableByDefault));
  const commentArg = call && keyword(call, 'comment');
  const comment = commentArg && textFrom(commentArg);
  if (commentArg && !comment && !isNone(commentArg.value)) {
    uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  }
  const docArg = call && keyword(call, 'doc');
  const doc = (docArg && textFrom(docArg)) ?? reading.docComment(context.span);
  const byDefault = call && defaultOf(call, reading);
  const autoincrement = call && flag(call, 'autoincrement');
  const onChange = call && onChangeOf(call, reading);
  const said = nullableGiven !== undefined && call ? nullableArgument(call, nullableGiven) : undefined;
  const key = call && textOf(keyword(call, 'key')?.value);
  const raw: RawColumn = {
    kind: 'column',
    attribute: attribute?.name ?? name.value,
    ...(key !== undefined && key !== name.value && { key }),
    column: {
      name,
      ...(attribute !== undefined && attribute.name !== name.value && { attribute: attribute.name }),
      type,
      nullable,
      ...(said && { nullableGiven: said }),
      ...(annotation && { annotation: annotationFact(annotation) }),
      declaredAs: call?.func.split('.').at(-1) ?? 'annotation',
      ...(byDefault && { default: byDefault }),
      ...(onChange && { onChange }),
      ...generated,
      constraints,
      indexes: [],
      ...(comment && comment.value !== '' && { comment }),
      ...(doc && { doc }),
      span: spanOf(context.span),
      anchor: columnAnchor(call, context),
      uncertain,
    },
    ...(indexed === true &&
      call && {
        index: {
          keys: [{ column: name.value, quoted: true }],
          unique: unique === true,
          include: [],
          span: keywordSpan(call, 'index'),
          anchor: anchorAt(source, keywordSpan(call, 'index'), { call: callList(call.node) }),
          uncertain: [],
        },
      }),
    targets,
    ...(pythonType !== undefined && (typeArg === undefined ? { pythonType } : { annotated: pythonType })),
    ...(typeRef !== undefined && type.name === 'unknown' && { typeRef }),
    ...(enumeration && { enumeration }),
    nullableGiven: nullableGiven !== undefined || isPrimary === true,
    autoincrement: autoincrement === true ? 'always' : autoincrement !== false,
  };
  return call?.elsewhere === true ? relocated(raw, context.span) : raw;
}

function nullableArgument(call: CallValue, value: boolean | 'unknown'): NonNullable<Column['nullableGiven']> {
  return { value, span: keywordSpan(call, 'nullable') };
}

/** `Literal['a', 'b']`: text that is as long as the longest one of them. */
function literalsEnum({ literals = [], span }: Annotation): RawEnum {
  return { labels: literals, by: 'name', native: false, span: spanOf(span) };
}

/** `Identity()` lets no NULL in, also where the dialect has none. */
const isIdentity = (call: CallValue | undefined): boolean =>
  call?.args.some(({ value }) => value.kind === 'call' && value.func === 'sqlalchemy.Identity') === true;

const isForeignKey = (value: Value): value is CallValue =>
  value.kind === 'call' && value.func === 'sqlalchemy.ForeignKey';

/** The class that a type argument names, where it is none of the library's own. */
function referenceOf(value: Value, reading: Reading): string | undefined {
  if (typeName(value, reading.dialect) !== 'unknown') return undefined;
  return value.kind === 'call' ? value.func : reading.interpreter.nameOf(value);
}

export function keywordSpan(call: CallValue | undefined, name: string): Span {
  const found = call && keyword(call, name);
  return found ? { start: found.start, end: found.end } : spanOf(call?.node ?? { start: 0, end: 0 });
}

function columnAnchor(call: CallValue | undefined, context: ColumnContext) {
  const { reading, span, annotationEnd } = context;
  return anchorAt(
    reading.source,
    span,
    call ? { call: callList(call.node) } : {},
    annotationEnd === undefined ? {} : { annotationEnd },
  );
}

/** The columns that a list of names gives; undefined where one is not known. */
export function namesFrom(arg: Arg | undefined): Name[] | undefined {
  if (arg === undefined) return undefined;
  const items = itemsOf(arg.value);
  const nodes = arg.node.kind === 'List' || arg.node.kind === 'Tuple' ? arg.node.items : [];
  const names = items?.map((value, at) => nameFrom({ value, node: nodes[at] ?? arg.node }));
  return names?.every((name) => name !== undefined) === true ? names : undefined;
}
