import { ts } from 'ts-morph';
import type { Span } from '../../../ir/index.js';
import { declarationOf } from './bindings.js';
import { originOf } from '../linking/imports.js';
import { spanOf } from '../syntax.js';

/**
 * What a type annotation is at run time, as `emitDecoratorMetadata` would say it. `mixed`: a union that has no single
 * answer, such as `string | null` under strictNullChecks.
 */
export type RuntimeType =
  'string' | 'number' | 'boolean' | 'bigint' | 'Date' | 'Buffer' | 'array' | 'object' | 'mixed' | 'reference';

export interface TypeRecord {
  is: RuntimeType;
  written: string;
  /** Whether it takes null: `unknown` where an alias or `undefined` leaves that open. */
  nullable: boolean | 'unknown';
  /** The property may be left out: `name?: string`. */
  optional?: true;
  span: Span;
  /** For a reference to another file or to a class. */
  name?: string;
  module?: string;
}

const keywords = new Map<ts.SyntaxKind, RuntimeType>([
  [ts.SyntaxKind.StringKeyword, 'string'],
  [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.BigIntKeyword, 'bigint'],
  [ts.SyntaxKind.TemplateLiteralType, 'string'],
  [ts.SyntaxKind.ArrayType, 'array'],
  [ts.SyntaxKind.TupleType, 'array'],
  [ts.SyntaxKind.TypeLiteral, 'object'],
  [ts.SyntaxKind.ObjectKeyword, 'object'],
]);

/** The run-time type of an annotation, looked up through at most one alias of the same file. */
export function typeOf(node: ts.TypeNode): TypeRecord {
  const found = runtimeType(node, 0);
  return { ...found, written: node.getText(), nullable: nullableType(node, found.is), span: spanOf(node) };
}

function nullableType(node: ts.TypeNode, is: RuntimeType): boolean | 'unknown' {
  const parts = ts.isUnionTypeNode(node) ? node.types : [node];
  if (parts.some((part) => ts.isLiteralTypeNode(part) && part.literal.kind === ts.SyntaxKind.NullKeyword)) return true;
  if (parts.some(({ kind }) => kind === ts.SyntaxKind.UndefinedKeyword)) return 'unknown';
  return is === 'mixed' || is === 'reference' ? 'unknown' : false;
}

function runtimeType(node: ts.TypeNode, depth: number): Pick<TypeRecord, 'is' | 'name' | 'module'> {
  const keyword = keywords.get(node.kind);
  if (keyword) return { is: keyword };
  if (ts.isParenthesizedTypeNode(node) && depth < 8) return runtimeType(node.type, depth + 1);
  if (ts.isLiteralTypeNode(node)) return { is: literalType(node.literal) };
  if (ts.isUnionTypeNode(node) && depth < 8) {
    const [first, ...others] = node.types.map((each) => runtimeType(each, depth + 1));
    return first && first.is !== 'reference' && others.every((other) => other.is === first.is)
      ? first
      : { is: 'mixed' };
  }
  if (ts.isTypeReferenceNode(node)) return referencedType(node, depth);
  return { is: 'mixed' };
}

function literalType(literal: ts.LiteralTypeNode['literal']): RuntimeType {
  if (ts.isStringLiteralLike(literal)) return 'string';
  if (ts.isNumericLiteral(literal)) return 'number';
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  return 'mixed';
}

function referencedType(node: ts.TypeReferenceNode, depth: number): Pick<TypeRecord, 'is' | 'name' | 'module'> {
  const origin = originOf(node.typeName);
  if (origin) return { is: 'reference', ...origin };
  if (!ts.isIdentifier(node.typeName)) {
    const first = ts.isQualifiedName(node.typeName) ? node.typeName.left : undefined;
    const owner = first && ts.isIdentifier(first) ? declarationOf(first.text, node) : undefined;
    return { is: owner?.kind === 'enum' ? enumType(owner.node) : 'mixed' };
  }
  const name = node.typeName.text;
  const declaration = declarationOf(name, node);
  if (declaration?.kind === 'enum') return { is: enumType(declaration.node) };
  if (declaration?.kind === 'type') {
    if (ts.isInterfaceDeclaration(declaration.node)) return { is: 'object' };
    return depth < 8 ? runtimeType(declaration.node.type, depth + 1) : { is: 'mixed' };
  }
  if (declaration) return { is: 'reference', name };
  if (name === 'Date' || name === 'Buffer') return { is: name };
  if (name === 'Array' || name === 'ReadonlyArray') return { is: 'array' };
  return { is: name === 'Record' || name === 'Map' || name === 'Object' ? 'object' : 'mixed' };
}

/** String and numeric enums are strings and numbers at run time. */
export function enumType(node: ts.EnumDeclaration): RuntimeType {
  const texts = node.members.filter(
    (member) => member.initializer && ts.isStringLiteralLike(member.initializer),
  ).length;
  if (texts === 0) return 'number';
  return texts === node.members.length ? 'string' : 'mixed';
}
