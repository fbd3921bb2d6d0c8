import { ts } from 'ts-morph';
import type { Engine, EngineOption, FileFacts, UrlParts } from '../../../ir/index.js';
import { declarationOf } from '../values/bindings.js';
import type { Connects } from '../drivers/driver.js';
import { connectsBy, connectsByCall } from '../drivers/tables.js';
import { exportOf } from '../injection/exports.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, indentAt, listOf, nameText, spanOf, visit } from '../syntax.js';
import type { Unit } from '../unit.js';
import { fateOf, placeOf } from './place.js';
import { givenBy, passwordOf, textOf, urlOf, type Given } from './url.js';
import { contextOf } from '../use-context.js';

interface Maker extends Connects {
  library: string;
}

/** What a call makes, by where its name comes from. */
function makerOf(call: ts.CallExpression | ts.NewExpression): Maker | undefined {
  const origin = exportOf(call.expression);
  if (origin?.module === '@nestjs/typeorm') {
    const api = /^TypeOrmModule\.forRoot(?:Async)?$/.test(origin.name) ? `${origin.name}()` : undefined;
    return api === undefined ? undefined : { kind: 'engine', api, library: 'typeorm' };
  }
  if (origin) return connectsBy(origin.module, origin.name);
  const receiver = ts.isCallExpression(call) ? receiverOf(call.expression) : undefined;
  return receiver === undefined ? undefined : connectsByCall(receiver);
}

/** Connections of the libraries, with what their options say. */
export function engines(unit: Unit, facts: FileFacts): void {
  const found: Engine[] = [];
  for (const call of unit.calls) {
    if (ts.isTaggedTemplateExpression(call)) continue;
    const maker = makerOf(call);
    if (maker === undefined) continue;
    const [first, second] = call.arguments ?? [];
    if (first === undefined) {
      if (maker.bare) found.push(engineOf(call, maker, undefined, unit, facts));
      continue;
    }
    const leading = maker.leading && (call.arguments?.length ?? 0) >= maker.leading.length ? maker.leading : [];
    const objects = leading.length > 0 ? [] : objectsOf(first);
    if (objects.length > 0) {
      for (const options of objects) {
        const made = engineOf(call, maker, options, unit, facts);
        if (!maker.wraps || made.options.some(({ name }) => name === 'connection')) found.push(made);
      }
      continue;
    }
    if (leading.length > 0) {
      const [options] = objectsOf(call.arguments?.[leading.length] ?? first);
      found.push(engineOf(call, maker, options, unit, facts, givenFirst(leading, call)));
      continue;
    }
    const options = maker.url && second ? objectsOf(second)[0] : undefined;
    const made = engineOf(call, maker, options, unit, facts);
    const url = maker.url || ts.isStringLiteralLike(bare(first)) ? urlOf(givenBy(first)) : undefined;
    if (maker.wraps && (url === undefined || url.from === 'unknown')) continue;
    const isOpen = url === undefined || (url.from === 'unknown' && !options);
    found.push({
      ...made,
      ...(url && { url: { ...url, parts: { ...made.url!.parts!, ...url.parts } } }),
      ...((isOpen || (second !== undefined && maker.url && !options)) && { open: true as const }),
    });
  }
  if (found.length > 0) facts.engines = [...(facts.engines ?? []), ...found];
}

/** Settings that a tool connects with, such as those of drizzle-kit. */
export function configuration(
  node: ts.ObjectLiteralExpression,
  { api, library }: Pick<Engine, 'api' | 'library'>,
  unit: Unit,
  facts: FileFacts,
): Engine {
  const made = engineOf(node, { kind: 'connection', api, library }, node, unit, facts);
  return { ...made, kind: 'configuration' };
}

/** `new Sequelize('database', 'username', 'password')`. */
function givenFirst(names: readonly string[], call: ts.CallExpression | ts.NewExpression): [string, Given][] {
  return names.flatMap((name, index): [string, Given][] => {
    const argument = call.arguments?.[index];
    return argument ? [[name, givenBy(argument)]] : [];
  });
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
  call: ts.CallExpression | ts.NewExpression | ts.ObjectLiteralExpression,
  maker: Maker,
  node: ts.ObjectLiteralExpression | undefined,
  unit: Unit,
  facts: FileFacts,
  first: readonly [string, Given][] = [],
): Engine {
  const {
    options,
    given: named,
    open,
  } = node ? optionsOf(node) : { options: [], given: new Map<string, Given>(), open: false };
  const given = new Map([...first, ...named]);
  const whole = wholes.map((name) => given.get(name)).find((each) => each && !isObject(each, given));
  const password = [...given].find(([name]) => /(?:^|\.)(?:password|authToken)$/.test(name))?.[1];
  const written = password && passwordOf(password);
  const parts: UrlParts = { span: spanOf(node ?? call) };
  const [driver, host, database, user] = [drivers, hosts, databases, users].map((names) =>
    textOf(names.map((name) => given.get(name) ?? given.get(`connection.${name}`)).find(Boolean)),
  );
  if (driver !== undefined) parts.driver = driver;
  if (host !== undefined) parts.host = host;
  if (user !== undefined) parts.user = user;
  if (database !== undefined) parts.database = database;
  if (written) parts.password = written;
  const url = whole && urlOf(whole);
  const fate = ts.isObjectLiteralExpression(call) ? undefined : fateOf(call);
  const { kind, api, library, synchronous } = maker;
  return {
    kind,
    api,
    library,
    asynchronous: synchronous !== true,
    url: url ? { ...url, parts: { ...parts, ...url.parts } } : { span: parts.span, from: 'text', parts },
    options,
    ...(open && { open: true as const }),
    place: placeOf(call),
    ...(fate && { fate }),
    context: contextOf(facts),
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

/** Knex takes a URL for its `connection`, or an object. */
const isObject = (each: Given, given: ReadonlyMap<string, Given>): boolean =>
  each.from === 'unknown' && each === given.get('connection');

/** Options that give a URL as a whole, and those that give a part of one; Knex and Drizzle have them in `connection`. */
const wholes = [
  'url',
  'connectionString',
  'clientUrl',
  'uri',
  'connectString',
  'connection',
  'connection.connectionString',
  'connection.url',
];
const drivers = ['type', 'dialect', 'client'];
const hosts = ['host', 'server'];
const databases = ['database', 'dbName'];
const users = ['username', 'user'];

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
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isArrayLiteralExpression(value)) return value.elements.map((each) => knownOf(bare(each)) ?? '…').join(' ');
  return ts.isPropertyAccessExpression(value) && value.expression.getText() === 'console' ? value.getText() : undefined;
}
