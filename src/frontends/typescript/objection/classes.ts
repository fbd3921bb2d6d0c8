import { ts } from 'ts-morph';
import type { Span, Text } from '../../../ir/index.js';
import { originOf } from '../linking/imports.js';
import { bare, docOf, hasModifier, indentAt, nameText, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { evaluate } from '../values/evaluate.js';
import { textOf, type Origin, type Value } from '../values/values.js';

/** `role: { relation: Model.BelongsToOneRelation, modelClass: Role, join: { from: 'users.role_id', to: 'roles.id' } }` */
export interface RelationRecord {
  name: string;
  nameSpan: Span;
  span: Span;
  indent: string;
  /** The last word of `relation`: `HasManyRelation`. */
  relation?: string;
  /** The class, where it is named; or the module that is the class, as `require` names it. */
  target?: string;
  targetModule?: string;
  from?: Value;
  through?: Value;
  doc?: Text;
}

/** A class that may be a model of Objection. Plain JSON. */
export interface ModelRecord {
  name: string;
  nameSpan: Span;
  span: Span;
  /** The base, or what a mixin is called with: without a module a class of the file. */
  bases: { name: string; module?: string }[];
  table?: Value;
  relations: RelationRecord[];
  /** Some relations can't be known. */
  open: boolean;
  doc?: Text;
}

/** The classes of a file that say which table they are of, or how they are related to others. */
export function modelRecords(unit: Unit): ModelRecord[] | undefined {
  const records = unit.classes.flatMap((node) => modelRecord(node, unit));
  return records.length > 0 ? records : undefined;
}

function modelRecord(node: ts.ClassLikeDeclaration, unit: Unit): ModelRecord[] {
  const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (!base) return [];
  const table = staticValue(node, 'tableName');
  const mappings = staticValue(node, 'relationMappings');
  if (!table && !mappings) return [];
  const object = mappings && objectOf(mappings);
  const doc = docOf(node);
  return [
    {
      name: node.name?.text ?? 'default',
      nameSpan: spanOf(node.name ?? node),
      span: spanOf(node),
      bases: basesIn(bare(base.expression)),
      ...(table && { table: evaluate(table, unit.scope) }),
      relations: (object?.properties ?? []).flatMap((property) => relationRecord(property, unit)),
      open: mappings !== undefined && (!object || object.properties.some((each) => !ts.isPropertyAssignment(each))),
      ...(doc && { doc }),
    },
  ];
}

/** The names of a base; those that a mixin is called with: `Timestamps(Base)`, `compose(a, b)(Base)`. */
function basesIn(expression: ts.Expression): ModelRecord['bases'] {
  const found: ModelRecord['bases'] = [];
  let at: ts.Expression | undefined = expression;
  for (let depth = 0; at && depth < 6; depth++) {
    const origin: Origin | undefined = originOf(at);
    if (origin) found.push(origin);
    else if (ts.isIdentifier(at)) found.push({ name: at.text });
    at = ts.isCallExpression(at) && at.arguments[0] ? bare(at.arguments[0]) : undefined;
  }
  return found;
}

/** What a static property holds, or the getter or method of that name returns last. */
function staticValue(node: ts.ClassLikeDeclaration, name: string): ts.Expression | undefined {
  for (const member of node.members) {
    if (nameText(member.name) !== name || !hasModifier(member, ts.SyntaxKind.StaticKeyword)) continue;
    if (ts.isPropertyDeclaration(member)) {
      const value = member.initializer && bare(member.initializer);
      return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? returned(value) : value;
    }
    if (ts.isGetAccessorDeclaration(member) || ts.isMethodDeclaration(member)) return returned(member);
  }
  return undefined;
}

function returned(node: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  const { body } = node;
  if (!body) return undefined;
  if (!ts.isBlock(body)) return bare(body);
  const last = body.statements.findLast((statement) => ts.isReturnStatement(statement));
  return last?.expression && bare(last.expression);
}

const objectOf = (node: ts.Expression): ts.ObjectLiteralExpression | undefined =>
  ts.isObjectLiteralExpression(node) ? node : undefined;

function relationRecord(property: ts.ObjectLiteralElementLike, unit: Unit): RelationRecord[] {
  const name = property.name && nameText(property.name);
  const object = ts.isPropertyAssignment(property) ? objectOf(bare(property.initializer)) : undefined;
  if (name === undefined || !object) return [];
  const relation = member(object, 'relation');
  const join = member(object, 'join');
  const ends = join && ts.isObjectLiteralExpression(join) ? join : undefined;
  const through = ends && member(ends, 'through');
  const throughFrom = through && ts.isObjectLiteralExpression(through) ? member(through, 'from') : undefined;
  const from = ends && member(ends, 'from');
  const modelClass = member(object, 'modelClass');
  const target = targetOf(modelClass);
  const targetModule = target === undefined ? requiredModule(modelClass) : undefined;
  const doc = docOf(property);
  const span = spanOf(property);
  return [
    {
      name,
      nameSpan: spanOf(property.name!),
      span,
      indent: indentAt(unit.text, span.start),
      ...(relation && ts.isPropertyAccessExpression(relation) && { relation: relation.name.text }),
      ...(relation && ts.isIdentifier(relation) && { relation: relation.text }),
      ...(target !== undefined && { target }),
      ...(targetModule !== undefined && { targetModule }),
      ...(from && { from: evaluate(from, unit.scope) }),
      ...(throughFrom && { through: evaluate(throughFrom, unit.scope) }),
      ...(doc && { doc }),
    },
  ];
}

function member(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((each) => each.name && nameText(each.name) === name);
  if (found && ts.isPropertyAssignment(found)) return bare(found.initializer);
  return found && ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
}

/** `Role`, `models.Role`, `() => Role`. */
function targetOf(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const inner = ts.isArrowFunction(node) ? returned(node) : undefined;
  return inner && ts.isIdentifier(inner) ? inner.text : undefined;
}

/** `require('./role')`, by itself or returned. */
function requiredModule(node: ts.Expression | undefined): string | undefined {
  const inner = node && ts.isArrowFunction(node) ? returned(node) : node;
  if (!inner || !ts.isCallExpression(inner) || inner.expression.getText() !== 'require') return undefined;
  const [module] = inner.arguments;
  return module && ts.isStringLiteralLike(module) ? module.text : undefined;
}

/** The table and the columns of a reference such as `'users.role_id'`, or a list of them. */
export function referenceParts(value: Value | undefined): { table: string; columns: string[]; span: Span } | undefined {
  const items = value?.kind === 'array' ? value.items : value ? [value] : [];
  const texts = items.map(textOf);
  if (texts.length === 0 || !texts.every((text) => text?.includes('.'))) return undefined;
  const split = texts.map((text) => text!.lastIndexOf('.'));
  return {
    table: texts[0]!.slice(0, split[0]),
    columns: texts.map((text, index) => text!.slice(split[index]! + 1)),
    span: value!.span,
  };
}
