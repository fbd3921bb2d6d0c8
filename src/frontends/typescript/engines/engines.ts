import { ts } from 'ts-morph';
import type { Engine, EngineOption, FileFacts, UrlParts } from '../../../ir/index.js';
import { declarationOf } from '../values/bindings.js';
import { isFrom, originOf } from '../linking/imports.js';
import { bare, indentAt, listOf, nameText, spanOf, visit } from '../syntax.js';
import type { Unit } from '../unit.js';
import { fateOf, placeOf } from './place.js';
import { givenBy, passwordOf, textOf, urlOf, type Given } from './url.js';

interface Maker {
  kind: 'engine' | 'connection';
  api: string;
  library: 'typeorm' | 'pg' | 'mysql2';
}

/** What a call makes, by where its name comes from. */
function makerOf(call: ts.CallExpression | ts.NewExpression): Maker | undefined {
  const origin = originOf(call.expression);
  if (isFrom(origin, 'typeorm', 'DataSource')) return { kind: 'engine', api: 'new DataSource()', library: 'typeorm' };
  if (isFrom(origin, 'typeorm', 'createConnection'))
    return { kind: 'engine', api: 'createConnection()', library: 'typeorm' };
  if (isFrom(origin, 'pg', 'Pool')) return { kind: 'engine', api: 'new Pool()', library: 'pg' };
  if (isFrom(origin, 'pg', 'Client')) return { kind: 'connection', api: 'new Client()', library: 'pg' };
  if (origin?.module === 'mysql2' || origin?.module === 'mysql2/promise') {
    if (origin.name === 'createPool') return { kind: 'engine', api: 'createPool()', library: 'mysql2' };
    if (origin.name === 'createConnection') return { kind: 'connection', api: 'createConnection()', library: 'mysql2' };
  }
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !/^forRoot(?:Async)?$/.test(callee.name.text)) return undefined;
  if (!isFrom(originOf(callee.expression), '@nestjs/typeorm', 'TypeOrmModule')) return undefined;
  return { kind: 'engine', api: `TypeOrmModule.${callee.name.text}()`, library: 'typeorm' };
}

/** Connections of TypeORM, pg and mysql2, with what their options say. */
export function engines(unit: Unit, facts: FileFacts): void {
  if (!['typeorm', '@nestjs/typeorm', 'pg', 'mysql2', 'mysql2/promise'].some((module) => unit.mentions(module))) return;
  const found: Engine[] = [];
  for (const call of unit.calls) {
    if (ts.isTaggedTemplateExpression(call)) continue;
    const maker = makerOf(call);
    const argument = maker && call.arguments?.[0];
    if (maker === undefined || argument === undefined) continue;
    const objects = objectsOf(argument);
    for (const options of objects) found.push(engineOf(call, maker, options, unit, facts));
    if (objects.length > 0) continue;
    const plain = engineOf(call, maker, undefined, unit, facts);
    const isText = ts.isStringLiteralLike(bare(argument));
    found.push(isText ? { ...plain, url: urlOf(givenBy(argument)) } : { ...plain, open: true });
  }
  if (found.length > 0) facts.engines = found;
}

/** The objects that give a connection's options: written in place, named, or returned by a factory. */
function objectsOf(argument: ts.Expression): ts.ObjectLiteralExpression[] {
  const node = bare(argument);
  if (ts.isIdentifier(node)) {
    const found = declarationOf(node.text, node);
    const value =
      found?.kind === 'variable' && found.constant && found.path.length === 0 ? found.node.initializer : undefined;
    const inner = value && bare(value);
    return inner && ts.isObjectLiteralExpression(inner) ? [inner] : [];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const factory = node.properties.find((each) => nameText(each.name) === 'useFactory');
  if (factory === undefined) return [node];
  const returned: ts.ObjectLiteralExpression[] = [];
  visit(factory, (each) => {
    const value = ts.isReturnStatement(each)
      ? each.expression
      : ts.isArrowFunction(each) && !ts.isBlock(each.body)
        ? each.body
        : undefined;
    const inner = value && bare(value);
    if (inner && ts.isObjectLiteralExpression(inner)) returned.push(inner);
    return true;
  });
  return returned;
}

function engineOf(
  call: ts.CallExpression | ts.NewExpression,
  maker: Maker,
  node: ts.ObjectLiteralExpression | undefined,
  unit: Unit,
  facts: FileFacts,
): Engine {
  const { options, given, open } = node
    ? optionsOf(node)
    : { options: [], given: new Map<string, Given>(), open: false };
  const whole = given.get('url') ?? given.get('connectionString') ?? given.get('uri');
  const password = [...given].find(([name]) => /(?:^|\.)password$/.test(name))?.[1];
  const written = password && passwordOf(password);
  const parts: UrlParts = { span: spanOf(node ?? call) };
  const [driver, host, database] = ['type', 'host', 'database'].map((name) => textOf(given.get(name)));
  const user = textOf(given.get('username') ?? given.get('user'));
  if (driver !== undefined) parts.driver = driver;
  if (host !== undefined) parts.host = host;
  if (user !== undefined) parts.user = user;
  if (database !== undefined) parts.database = database;
  if (written) parts.password = written;
  const url = whole && urlOf(whole);
  const fate = fateOf(call);
  return {
    ...maker,
    asynchronous: true,
    url: url ? { ...url, parts: { ...parts, ...url.parts } } : { span: parts.span, from: 'text', parts },
    options,
    ...(open && { open: true as const }),
    place: placeOf(call),
    ...(fate && { fate }),
    context: facts.migrations.length > 0 ? 'migration' : facts.scope === 'test' ? 'test' : 'application',
    span: spanOf(call),
    ...(node && {
      anchor: {
        span: spanOf(node),
        indent: indentAt(unit.text, node.getStart()),
        lists: { options: listOf(node) },
        points: {},
      },
    }),
  };
}

/** The properties of an options object, those of objects inside of it too: `extra.max`. */
function optionsOf(root: ts.ObjectLiteralExpression): {
  options: EngineOption[];
  given: Map<string, Given>;
  open: boolean;
} {
  const options: EngineOption[] = [];
  const given = new Map<string, Given>();
  let open = false;
  const pending: { node: ts.ObjectLiteralExpression; prefix: string }[] = [{ node: root, prefix: '' }];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    for (const property of each.node.properties) {
      const name = nameText(property.name);
      if (name === undefined || !(ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property))) {
        open = true;
        continue;
      }
      const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : property.name;
      const path = `${each.prefix}${name}`;
      const known = knownOf(value);
      options.push({ name: path, span: spanOf(property), value: spanOf(value), ...(known !== undefined && { known }) });
      given.set(path, givenBy(value));
      if (ts.isObjectLiteralExpression(value)) pending.push({ node: value, prefix: `${path}.` });
    }
  }
  return { options, given, open };
}

function knownOf(value: ts.Expression): EngineOption['known'] {
  if (value.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isNumericLiteral(value)) return Number(value.text);
  return ts.isStringLiteralLike(value) ? value.text : undefined;
}
