import type { Span } from '../../../ir/index.js';
import type { Value } from '../values/values.js';
import { isConnection } from './modules.js';

/** What a migration is given, as a value: no module exports such a name, so that nothing else evaluates to it. */
type Handle = '(query interface)' | '(answer)' | '(parameter)';

export const handle = (name: Handle, span: Span): Value => ({
  kind: 'reference',
  module: 'sequelize',
  name,
  path: [],
  span,
});

/** The package as the second parameter of a migration gives it. */
export const library = (span: Span): Value => ({
  kind: 'reference',
  module: 'sequelize',
  name: 'Sequelize',
  path: [],
  span,
});

const isHandle = (value: Value, name: Handle): value is Extract<Value, { kind: 'reference' }> =>
  value.kind === 'reference' && value.module === 'sequelize' && value.name === name;

/** Umzug hands the query interface on inside of an object. */
const wrappers = new Set(['context', 'queryInterface']);

/** What a value is to a migration: the query interface, or the connection behind it. */
export function roleOf(value: Value): 'interface' | 'connection' | undefined {
  if (isConnection(value)) return 'connection';
  if (!isHandle(value, '(query interface)')) return undefined;
  const path = value.path.filter((name) => !wrappers.has(name));
  if (path.length === 0) return 'interface';
  return path.length === 1 && path[0] === 'sequelize' ? 'connection' : undefined;
}

/** A further parameter of `up`: what it is nobody says, but SQL that it is given is sent to the database. */
export const isParameter = (value: Value): boolean => isHandle(value, '(parameter)') && value.path.length === 0;

/** What `describeTable` and the like came to. */
export const isAnswer = (value: Value): boolean => isHandle(value, '(answer)');
