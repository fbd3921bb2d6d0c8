import { ts } from 'ts-morph';
import type { Anchor, Span, Text } from '../../ir/index.js';
import { decoratorsIn } from './decorators.js';
import { declarationOf } from './values/bindings.js';
import { ownCodeAt } from './own-code.js';
import { columnDecorators, importedModules } from './own-decorators.js';
import { evaluate } from './values/evaluate.js';
import { originOf } from './linking/imports.js';
import { bare, decoratorsOf, docOf, hasModifier, indentAt, listOf, nameText, spanOf } from './syntax.js';
import { typeOf, type TypeRecord } from './values/types.js';
import type { Unit } from './unit.js';
import type { Origin, Value } from './values/values.js';

/** A decorator and what it was called with. A decorator made by a function of the file is what that function returns. */
export interface DecoratorRecord {
  origin: Origin;
  args: Value[];
  /** It is named and not called: `@Column`. */
  named?: true;
  span: Span;
  /** Where the call stands that made it, if that is not the decorator itself: `const Mine = createIndexDecorator()`. */
  madeAt?: Span;
  /** What a decorator that was made elsewhere is called with here. */
  called?: Value[];
  /** Where its own call may be added to (`decorator`, `options`); absent for one that something else makes. */
  lists?: Anchor['lists'];
}

export interface MemberRecord {
  name: string;
  nameSpan: Span;
  span: Span;
  decorators: DecoratorRecord[];
  /** Names of decorators that could not be followed, such as those of another file of the project. */
  unresolved: Origin[];
  type?: TypeRecord;
  /** What a property is given where it is declared. */
  initial?: { value: Value; text: string; span: Span };
  doc?: Text;
  anchor: Anchor;
}

/** A class as far as object-relational libraries can see it. Plain JSON: it waits in the symbols until files are linked. */
export interface ClassRecord {
  name: string;
  nameSpan: Span;
  span: Span;
  abstract: boolean;
  base?: { name: string; module?: string; span: Span };
  /** The base is computed at run time, so what it adds is not known. */
  mixedIn?: Span;
  /** It is no class: an object says what decorators say elsewhere. */
  isSchema?: true;
  /** The variable that holds such an object. */
  alias?: string;
  /** Why there may be more members than these. */
  open?: string;
  decorators: DecoratorRecord[];
  unresolved: Origin[];
  members: MemberRecord[];
  /** It has a constructor, which may fail where it gets no arguments. */
  construction?: { mayThrow: boolean };
  doc?: Text;
  anchor: Anchor;
}

/** The classes of a file: one without decorators may stand between an entity and the base that has them. */
export function classRecords(unit: Unit): ClassRecord[] {
  return unit.classes.flatMap((node) => {
    const record = classRecord(node, unit);
    return record ? [record] : [];
  });
}

function classRecord(node: ts.ClassLikeDeclaration, unit: Unit): ClassRecord | undefined {
  const own = readDecorators(node, unit);
  const members = node.members.flatMap((member) => memberRecords(member, unit));
  const decorated = own.decorators.length + own.unresolved.length + members.length > 0;
  if (!decorated && !node.name) return undefined;
  const name = node.name?.text ?? 'default';
  const nameSpan = spanOf(node.name ?? node);
  const doc = docOf(node, ...decoratorsOf(node).slice(1));
  return {
    name,
    nameSpan,
    span: spanOf(node),
    abstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword),
    ...baseOf(node),
    ...own,
    members,
    ...(decorated && constructionOf(node)),
    ...(doc && { doc }),
    anchor: decorated ? anchorOf(node, unit) : { span: spanOf(node), indent: '', lists: {}, points: {} },
  };
}

function baseOf(node: ts.ClassLikeDeclaration): Pick<ClassRecord, 'base' | 'mixedIn'> {
  const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (!clause) return {};
  const expression = bare(clause.expression);
  const span = spanOf(clause);
  const origin = originOf(expression);
  if (origin) return { base: { ...origin, span } };
  if (ts.isIdentifier(expression)) return { base: { name: expression.text, span } };
  return { mixedIn: span };
}

/** Assignments of plain names and literals to properties never fail. */
function constructionOf(node: ts.ClassLikeDeclaration): Pick<ClassRecord, 'construction'> {
  const declared = node.members.find((member) => ts.isConstructorDeclaration(member));
  if (!declared?.body) return {};
  const isPlain =
    declared.parameters.every(({ name, initializer }) => ts.isIdentifier(name) && !initializer) &&
    declared.body.statements.every(isPlainStatement);
  return { construction: { mayThrow: !isPlain } };
}

function isPlainStatement(statement: ts.Statement): boolean {
  const expression = ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
  if (!expression) return false;
  if (ts.isCallExpression(expression)) {
    const callee = expression.expression;
    return callee.kind === ts.SyntaxKind.SuperKeyword || callee.getText() === 'Object.assign';
  }
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const right = bare(expression.right);
  const isThis =
    ts.isPropertyAccessExpression(expression.left) && expression.left.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isThis && (ts.isIdentifier(right) || ts.isLiteralExpression(right) || isWord(right));
}

const isWord = ({ kind }: ts.Node): boolean =>
  kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.NullKeyword;

function memberRecords(member: ts.ClassElement, unit: Unit): MemberRecord[] {
  if (ts.isConstructorDeclaration(member)) {
    return member.parameters.flatMap((parameter) => memberRecord(parameter, parameter.type, unit));
  }
  if (ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member))
    return memberRecord(member, member.type, unit);
  return [];
}

function memberRecord(
  member: ts.PropertyDeclaration | ts.GetAccessorDeclaration | ts.ParameterDeclaration,
  type: ts.TypeNode | undefined,
  unit: Unit,
): MemberRecord[] {
  const own = readDecorators(member, unit);
  const name = nameText(member.name);
  if (own.decorators.length + own.unresolved.length === 0 || name === undefined) return [];
  const doc = docOf(member, member.name, ...decoratorsOf(member).slice(1));
  const initializer = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  const record: MemberRecord = {
    name,
    nameSpan: spanOf(member.name),
    span: spanOf(member),
    ...own,
    ...(type && { type: withMark(typeOf(type), member) }),
    ...(initializer && {
      initial: { value: evaluate(initializer, unit.scope), text: initializer.getText(), span: spanOf(initializer) },
    }),
    ...(doc && { doc }),
    anchor: anchorOf(member, unit),
  };
  return [record].flatMap((each) => withConfigured(each, unit));
}

/** A decorator that the configuration knows adds columns: the first at the property, others beside it. */
function withConfigured(record: MemberRecord, unit: Unit): MemberRecord[] {
  const ownCode = unit.context.ownCode && ownCodeAt(unit.source);
  const configured = ownCode && record.decorators.find(({ origin }) => ownCode.columns(origin));
  if (!configured) return [record];
  const columns = ownCode.columns(configured.origin)!;
  const others = record.decorators.filter((each) => each !== configured);
  const added = columnDecorators(columns, record.name, configured.span, importedModules(unit.source));
  return added.map(({ name, decorator }, index) =>
    index === 0
      ? { ...record, decorators: [...others, decorator] }
      : { ...record, name, decorators: [decorator], unresolved: [] },
  );
}

/** A property that may be left out may be undefined; whether it may be null is not said. */
const withMark = (type: TypeRecord, member: { questionToken?: ts.QuestionToken | undefined }): TypeRecord =>
  member.questionToken
    ? { ...type, optional: true, ...(type.nullable === false && { nullable: 'unknown' as const }) }
    : type;

function readDecorators(node: ts.Node, unit: Unit): Pick<ClassRecord, 'decorators' | 'unresolved'> {
  const decorators: DecoratorRecord[] = [];
  const unresolved: Origin[] = [];
  for (const decorator of decoratorsOf(node)) {
    const { expression } = decorator;
    const span = spanOf(decorator);
    const found = decoratorsIn(evaluate(expression, unit.scope));
    const lists = found.length === 1 ? listsOf(expression) : undefined;
    if (found.length > 0) decorators.push(...found.map((each) => ({ ...placed(each, span), ...(lists && { lists }) })));
    else unresolved.push({ module: '.', name: decoratorName(expression) });
  }
  return { decorators, unresolved };
}

/** Where a decorator was made is told only where that is not here. */
function placed(found: Omit<DecoratorRecord, 'span'>, span: Span): DecoratorRecord {
  const { madeAt, ...rest } = found;
  const isHere = madeAt === undefined || (madeAt.start >= span.start && madeAt.end <= span.end);
  return { ...rest, span, ...(!isHere && { madeAt }) };
}

function decoratorName(expression: ts.Expression): string {
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  return callee.getText();
}

/** Roles: the lists of the first decorator that is a call from a package, and where a new line before the declaration goes. */
function anchorOf(node: ts.Node, unit: Unit): Anchor {
  const span = spanOf(node);
  const call = decoratorsOf(node)
    .map((decorator) => decorator.expression)
    .find(
      (expression): expression is ts.CallExpression =>
        ts.isCallExpression(expression) && originOf(expression.expression) !== undefined,
    );
  return {
    span,
    indent: indentAt(unit.text, span.start),
    lists: (call && listsOf(call)) ?? {},
    points: importPoints(unit),
  };
}

/** The lists of a call of something imported. */
function listsOf(call: ts.Expression): Anchor['lists'] | undefined {
  if (!ts.isCallExpression(call) || originOf(call.expression) === undefined) return undefined;
  const options = call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
  return {
    decorator: listOf(call),
    ...(options && ts.isObjectLiteralExpression(options) && { options: listOf(options) }),
  };
}

/** `index`: the import of `Index` from typeorm; `importEnd`: where it can be added. */
function importPoints(unit: Unit): Anchor['points'] {
  for (const statement of unit.source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (statement.moduleSpecifier.text !== 'typeorm' || !bindings || !ts.isNamedImports(bindings)) continue;
    const present = bindings.elements.find((element) => element.name.text === 'Index' && !element.propertyName);
    const last = bindings.elements.at(-1);
    if (present) return { index: present.getStart(unit.source) };
    if (last && !statement.importClause?.isTypeOnly && !declarationOf('Index', unit.source))
      return { importEnd: last.getEnd() };
  }
  return {};
}
