import { ts } from 'ts-morph';
import type { FileFacts, LegacyQuery } from '../../../ir/index.js';
import { isFrom, originOf } from '../linking/imports.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { textOf } from '../sessions/surroundings.js';
import { contextOf } from '../use-context.js';

const globals = [
  'getRepository',
  'getTreeRepository',
  'getMongoRepository',
  'getCustomRepository',
  'getConnection',
  'getConnectionManager',
  'getManager',
  'createQueryBuilder',
];

/** What came with TypeORM 0.3. */
const dataSourceImport = /\bimport\s+(?:type\s+)?\{[^}]*\bDataSource\b[^}]*\}\s*from\s*['"]typeorm['"]/;

/** Calls that TypeORM keeps for old code, and the sign of code that is new. */
export function typeormSessions(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  const current = unit.mentions('typeorm') ? dataSourceImport.exec(unit.text) : null;
  if (current !== null) {
    const span = { start: current.index, end: current.index + current[0].length };
    facts.usages.push({ kind: 'current-style', api: 'DataSource', context, span });
  }
  for (const node of unit.calls) {
    if (!ts.isCallExpression(node)) continue;
    const found = legacyCall(node);
    if (found !== undefined) facts.usages.push({ ...found, context, span: spanOf(node) });
  }
}

function legacyCall(node: ts.CallExpression): Omit<LegacyQuery, 'context' | 'span'> | undefined {
  const callee = bare(node.expression);
  const base = { library: 'typeorm' as const, kind: 'legacy-query' as const, asynchronous: false, methods: [] };
  const [first] = node.arguments;
  // Only of a call that is meant: the way up to the file, for the text, is long in a chain.
  const about = () => ({
    api: `${textOf(callee)}()`,
    ...(first && { target: textOf(first) }),
    entity: first !== undefined && ts.isIdentifier(first),
    head: spanOf(node),
  });
  if (isFrom(originOf(callee), 'typeorm', ...globals)) return { ...base, form: 'global-connection', ...about() };
  if (!ts.isPropertyAccessExpression(callee) || first === undefined) return undefined;
  const isFinder = callee.name.text === 'findByIds' || (callee.name.text === 'findOne' && isKey(first));
  if (!isFinder || !isStore(callee.expression)) return undefined;
  return { ...base, form: 'find-by-id', ...about() };
}

/** Whether an argument is one key rather than options: a literal, or something that is called an id. */
const isKey = (node: ts.Expression): boolean =>
  ts.isNumericLiteral(node) || ts.isStringLiteral(node) || /(?:^|\.)(?:id|\w+Id)$/.test(textOf(node));

const isStore = (node: ts.Expression): boolean => /^typeorm#(?:Repository|EntityManager)$/.test(receiverOf(node) ?? '');
