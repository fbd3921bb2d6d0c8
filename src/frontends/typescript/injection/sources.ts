import { ts } from 'ts-morph';
import type { HoleProvenance } from '../../../ir/index.js';
import { declarationOf } from '../bindings.js';
import { isFrom, originOf } from '../imports.js';
import { bare, nameText } from '../syntax.js';
import { plausibleReceiver } from './sinks.js';
import { receiverOf } from './receivers.js';

/** Names that only constants have. */
export const constantName = /^_?[A-Z][A-Z0-9_]*$/;

/** Names that requests and their contexts go by in handlers without types. */
export const requestObject = /^(?:req|request|ctx|event)$/;

/** Modules whose decorators and types hand over what a client sent. */
const requestNames: { [module: string]: readonly string[] } = {
  '@nestjs/common': [
    'Query',
    'Body',
    'Param',
    'Headers',
    'Req',
    'Request',
    'UploadedFile',
    'Session',
    'Ip',
    'HostParam',
  ],
  '@nestjs/graphql': ['Args', 'Context'],
  '@nestjs/websockets': ['MessageBody'],
  '@nestjs/microservices': ['Payload'],
  'routing-controllers': [
    'QueryParam',
    'QueryParams',
    'Body',
    'BodyParam',
    'Param',
    'Params',
    'HeaderParam',
    'Req',
    'CookieParam',
  ],
  'inversify-express-utils': ['request', 'queryParam', 'requestBody', 'requestParam', 'requestHeaders', 'cookies'],
  'type-graphql': ['Arg', 'Args', 'Ctx'],
  express: ['Request'],
  fastify: ['FastifyRequest'],
  koa: ['Context', 'ParameterizedContext'],
};

export function requestDecorator(decorator: ts.Decorator): boolean {
  const expression = ts.isCallExpression(decorator.expression) ? decorator.expression.expression : decorator.expression;
  return isRequest(originOf(expression));
}

export function requestType(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && ts.isTypeReferenceNode(type) && isRequest(originOf(type.typeName));
}

const isRequest = (origin: { module: string; name: string } | undefined): boolean =>
  origin !== undefined &&
  Object.hasOwn(requestNames, origin.module) &&
  requestNames[origin.module]!.includes(origin.name);

/**
 * What an annotation promises of a value, or of a property read from it: numbers and booleans carry no text, unions of
 * literals and enums are constants.
 */
export function annotated(
  type: ts.TypeNode | undefined,
  path: readonly (string | number)[],
  depth = 0,
): HoleProvenance | undefined {
  if (!type || depth > 8) return undefined;
  if (path.length > 0) return propertyType(type, path, depth);
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
    case ts.SyntaxKind.BooleanKeyword:
    case ts.SyntaxKind.BigIntKeyword:
      return 'numeric';
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.LiteralType:
      return 'constant';
  }
  if (ts.isParenthesizedTypeNode(type)) return annotated(type.type, [], depth + 1);
  if (ts.isArrayTypeNode(type)) return annotated(type.elementType, [], depth + 1);
  if (ts.isTypeOperatorNode(type))
    return type.operator === ts.SyntaxKind.ReadonlyKeyword
      ? annotated(type.type, [], depth + 1)
      : type.operator === ts.SyntaxKind.KeyOfKeyword
        ? 'constant'
        : undefined;
  if (ts.isUnionTypeNode(type)) {
    const all = type.types.map((each) => annotated(each, [], depth + 1));
    return all.every((each) => each !== undefined) ? (all.includes('numeric') ? 'numeric' : 'constant') : undefined;
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const { text } = type.typeName;
  const declaration = declarationOf(text, type);
  if (declaration?.kind === 'enum') return 'constant';
  if (declaration?.kind === 'type' && ts.isTypeAliasDeclaration(declaration.node))
    return annotated(declaration.node.type, [], depth + 1);
  if (/^(?:Array|ReadonlyArray|Set|ReadonlySet)$/.test(text) && !declaration)
    return annotated(type.typeArguments?.[0], [], depth + 1);
  return undefined;
}

function propertyType(
  type: ts.TypeNode,
  path: readonly (string | number)[],
  depth: number,
): HoleProvenance | undefined {
  const members = membersOf(type);
  const found = members?.find((member) => ts.isPropertySignature(member) && nameText(member.name) === String(path[0]));
  return found && ts.isPropertySignature(found) ? annotated(found.type, path.slice(1), depth + 1) : undefined;
}

function membersOf(type: ts.TypeNode): readonly ts.TypeElement[] | undefined {
  if (ts.isTypeLiteralNode(type)) return type.members;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const declaration = declarationOf(type.typeName.text, type);
  if (declaration?.kind !== 'type') return undefined;
  if (ts.isInterfaceDeclaration(declaration.node)) return declaration.node.members;
  return ts.isTypeLiteralNode(declaration.node.type) ? declaration.node.type.members : undefined;
}

const numericFunctions =
  /^(?:Number|parseInt|parseFloat|BigInt|Boolean|Math\.\w+|Date\.now|Number\.\w+|performance\.now)$/;
const numericMethods = /^(?:getTime|valueOf|toFixed|indexOf|count|getFullYear|getMonth|getDate|unix)$/;

/** Calls that give numbers or booleans only. */
export function numericCall(callee: ts.Expression): boolean {
  if (numericFunctions.test(callee.getText())) return true;
  return ts.isPropertyAccessExpression(callee) && numericMethods.test(callee.name.text);
}

/** Calls whose result is quoted for its place in a statement. */
export function quoters(callee: ts.Expression, node: ts.CallExpression): HoleProvenance | undefined {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  const origin = originOf(callee);
  if (/^(?:escapeIdentifier|escapeId)$/.test(name)) return 'quoted-identifier';
  if (name === 'escapeLiteral') return 'quoted-literal';
  if (isFrom(origin, 'pg-format')) return formatted(origin?.name ?? '', node);
  if (name === 'ident' || name === 'literal') {
    const owner = ts.isPropertyAccessExpression(callee) ? originOf(callee.expression) : undefined;
    if (isFrom(owner, 'pg-format')) return name === 'ident' ? 'quoted-identifier' : 'quoted-literal';
  }
  if (name !== 'escape' || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (/\bdriver$/.test(callee.expression.getText())) return 'quoted-identifier';
  const receiver = receiverOf(callee.expression);
  if (receiver === 'typeorm#QueryBuilder') return 'quoted-identifier';
  return receiver === 'mysql2#Connection' || /^(?:mysql2?|sqlstring)\b/i.test(callee.getText())
    ? 'quoted-literal'
    : undefined;
}

/** `format('%I', x)` quotes; a `%s` in the pattern lets text through. */
function formatted(name: string, node: ts.CallExpression): HoleProvenance | undefined {
  if (name === 'ident') return 'quoted-identifier';
  if (name === 'literal') return 'quoted-literal';
  const pattern = node.arguments[0] && bare(node.arguments[0]);
  if (!pattern || !ts.isStringLiteralLike(pattern) || /%s/.test(pattern.text)) return undefined;
  return /%I/.test(pattern.text) && !/%L/.test(pattern.text) ? 'quoted-identifier' : 'quoted-literal';
}

const rowMethods = /^(?:query|execute|find\w*|getMany\w*|getOne\w*|getRaw\w*|getRawAndEntities|all|get)$/;

/** Calls that give rows: their values are whatever somebody stored. */
export function databaseCall(callee: ts.PropertyAccessExpression): boolean {
  if (!rowMethods.test(callee.name.text)) return false;
  if (receiverOf(callee.expression)) return true;
  const owner = bare(callee.expression);
  const name = ts.isPropertyAccessExpression(owner) ? owner.name.text : ts.isIdentifier(owner) ? owner.text : '';
  return plausibleReceiver.test(name) && !/^(?:get|all)$/.test(callee.name.text);
}
