import { ts } from 'ts-morph';
import { declarationOf } from './bindings.js';
import { originOf } from '../linking/imports.js';
import { nameText } from '../syntax.js';
import type { Origin } from './values.js';

/** Numbers and booleans carry no text; unions of literals and enums are constants. Or the same as a type elsewhere. */
export type Promised = 'constant' | 'numeric' | Origin;

/** What a type promises of the values that have it, and of their properties. Plain JSON: it waits in a file's symbols. */
export interface TypePromise {
  is?: Promised;
  members?: { [name: string]: Promised };
}

const maxDepth = 8;

/** What an annotation promises of a value, or of a property read from it. */
export function promised(
  type: ts.TypeNode | undefined,
  path: readonly (string | number)[] = [],
  depth = 0,
): Promised | undefined {
  if (!type || depth > maxDepth) return undefined;
  if (path.length > 0) return promisedProperty(type, path, depth);
  const inner = (each: ts.TypeNode | undefined): Promised | undefined => promised(each, [], depth + 1);
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
    case ts.SyntaxKind.BooleanKeyword:
    case ts.SyntaxKind.BigIntKeyword:
      return 'numeric';
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.LiteralType:
      return 'constant';
  }
  if (ts.isParenthesizedTypeNode(type)) return inner(type.type);
  if (ts.isArrayTypeNode(type)) return inner(type.elementType);
  if (ts.isTypeOperatorNode(type)) {
    if (type.operator === ts.SyntaxKind.KeyOfKeyword) return 'constant';
    return type.operator === ts.SyntaxKind.ReadonlyKeyword ? inner(type.type) : undefined;
  }
  if (ts.isUnionTypeNode(type)) return ofAll(type.types.map(inner));
  if (!ts.isTypeReferenceNode(type)) return undefined;
  if (wraps(type, /^(?:Array|ReadonlyArray|Set|ReadonlySet|NonNullable)$/)) return inner(type.typeArguments?.[0]);
  const declaration = localType(type);
  if (declaration) return ts.isTypeAliasDeclaration(declaration) ? inner(declaration.type) : enumPromise(declaration);
  return originOf(type.typeName);
}

const enumPromise = (node: ts.Node): Promised | undefined => (ts.isEnumDeclaration(node) ? 'constant' : undefined);

/** A union is as good as its worst part; one with a part of another file waits for it where the rest is constant. */
function ofAll(parts: readonly (Promised | undefined)[]): Promised | undefined {
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const elsewhere = parts.filter((part) => typeof part === 'object');
  if (elsewhere.length > 0) return elsewhere.length === 1 ? elsewhere[0] : undefined;
  return parts.includes('numeric') ? 'numeric' : 'constant';
}

function promisedProperty(type: ts.TypeNode, path: readonly (string | number)[], depth: number): Promised | undefined {
  const [first, ...rest] = path;
  const members = membersOf(type);
  const member = members?.find((each) => ts.isPropertySignature(each) && nameText(each.name) === String(first));
  return member && ts.isPropertySignature(member) ? promised(member.type, rest, depth + 1) : undefined;
}

/** The interface or object type of another file that a property is read from. */
export function ownerOrigin(type: ts.TypeNode | undefined): Origin | undefined {
  const named = type && unwrapped(type);
  return named && ts.isTypeReferenceNode(named) && !localType(named) ? originOf(named.typeName) : undefined;
}

function membersOf(type: ts.TypeNode): readonly ts.TypeElement[] | undefined {
  const named = unwrapped(type);
  if (ts.isTypeLiteralNode(named)) return named.members;
  const declaration = ts.isTypeReferenceNode(named) ? localType(named) : undefined;
  if (!declaration || ts.isEnumDeclaration(declaration)) return undefined;
  if (ts.isInterfaceDeclaration(declaration)) return declaration.members;
  return ts.isTypeLiteralNode(declaration.type) ? declaration.type.members : undefined;
}

/** Utility types that keep each property as it is. */
function unwrapped(type: ts.TypeNode): ts.TypeNode {
  let at = type;
  for (let depth = 0; depth < maxDepth; depth++) {
    if (ts.isParenthesizedTypeNode(at)) at = at.type;
    else if (
      ts.isTypeReferenceNode(at) &&
      wraps(at, /^(?:Readonly|Required|Partial|NonNullable)$/) &&
      at.typeArguments?.[0]
    )
      at = at.typeArguments[0];
    else break;
  }
  return at;
}

const wraps = (type: ts.TypeReferenceNode, names: RegExp): boolean =>
  ts.isIdentifier(type.typeName) && names.test(type.typeName.text) && !declarationOf(type.typeName.text, type);

function localType(
  type: ts.TypeReferenceNode,
): ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration | undefined {
  const name = ts.isQualifiedName(type.typeName) ? type.typeName.left : type.typeName;
  if (!ts.isIdentifier(name)) return undefined;
  const declaration = declarationOf(name.text, type);
  return declaration?.kind === 'enum' || (declaration?.kind === 'type' && ts.isIdentifier(type.typeName))
    ? declaration.node
    : undefined;
}

/** What an exported type promises to other files; nothing where it promises nothing. */
export function promiseOf(
  node: ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration,
): TypePromise | undefined {
  if (ts.isEnumDeclaration(node)) return { is: 'constant' };
  const is = ts.isTypeAliasDeclaration(node) ? promised(node.type) : undefined;
  const elements = ts.isInterfaceDeclaration(node) ? node.members : membersOf(node.type);
  const members: { [name: string]: Promised } = {};
  for (const element of elements ?? []) {
    const name = ts.isPropertySignature(element) ? nameText(element.name) : undefined;
    const promise = ts.isPropertySignature(element) ? promised(element.type) : undefined;
    if (name !== undefined && promise !== undefined) members[name] = promise;
  }
  const any = Object.keys(members).length > 0;
  return is === undefined && !any ? undefined : { ...(is !== undefined && { is }), ...(any && { members }) };
}
