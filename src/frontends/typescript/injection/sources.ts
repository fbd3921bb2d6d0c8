import { ts } from 'ts-morph';
import type { HoleProvenance } from '../../../ir/index.js';
import type { ExternalTypes } from '../values/scope.js';
import { isFrom, originOf } from '../linking/imports.js';
import { ownerOrigin, promised, type Promised } from '../values/promises.js';
import { bare } from '../syntax.js';
import { plausibleReceiver } from './names.js';
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
 * What an annotation promises of a value, or of a property read from it. Types of other files count once they are known.
 */
export function annotated(
  type: ts.TypeNode | undefined,
  path: readonly (string | number)[],
  types: ExternalTypes,
): HoleProvenance | undefined {
  const own = promised(type, path);
  if (typeof own === 'string') return own;
  if (own) return settledPromise(types(own)?.is);
  const owner = path.length === 1 ? ownerOrigin(type) : undefined;
  return owner && settledPromise(types(owner)?.members?.[String(path[0])]);
}

const settledPromise = (promise: Promised | undefined): HoleProvenance | undefined =>
  typeof promise === 'string' ? promise : undefined;

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
  return /^(?:mysql2?|mariadb)#Connection$/.test(receiver ?? '') || /^(?:mysql2?|sqlstring)\b/i.test(callee.getText())
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
