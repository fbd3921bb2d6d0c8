import type { DatabaseUrl, Dialect, Engine, Span } from '../../../ir/index.js';
import { urlParts } from '../../database-url.js';
import type { Block, Member, Value } from '../syntax/tree.js';
import { argumentOf, textOf } from './arguments.js';
import type { Schema } from './schema.js';

/** The databases that Prisma knows, by what it calls them. */
const providers: { readonly [provider: string]: Dialect | 'mongodb' } = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'tsql',
  mongodb: 'mongodb',
};

/** Databases that speak another one's protocol under its name. */
const relatives: { readonly [D in Dialect]?: Dialect } = { mariadb: 'mysql', cockroachdb: 'postgresql' };

const settingOf = ({ members }: Block, name: string): Value | undefined =>
  members.find((member) => member.name.value === name)?.value;

/**
 * The dialect of a datasource: as its provider says, unless the project is said to run a relative of that.
 * @param around the dialect that the project or its configuration tells
 */
export function dialectOf(datasource: Block | undefined, around: Dialect): Dialect | 'mongodb' {
  const provider = datasource && textOf(settingOf(datasource, 'provider'));
  const stated = provider !== undefined && Object.hasOwn(providers, provider) ? providers[provider]! : undefined;
  return stated === undefined || relatives[around] === stated ? around : stated;
}

/** Whether the database gets foreign keys: not with `relationMode = "prisma"`, `referentialIntegrity` of old. */
export function hasForeignKeys(datasource: Block | undefined): boolean {
  if (datasource === undefined) return true;
  const mode = settingOf(datasource, 'relationMode') ?? settingOf(datasource, 'referentialIntegrity');
  return textOf(mode) !== 'prisma';
}

const urlSettings: ReadonlySet<string> = new Set(['url', 'directUrl', 'shadowDatabaseUrl']);

/** The databases that the URLs of a datasource name. */
export function enginesOf(datasource: Block, text: string): Engine[] {
  return datasource.members
    .filter(({ name, value }) => urlSettings.has(name.value) && value !== undefined)
    .map((setting) => ({
      kind: 'configuration',
      api: `datasource ${datasource.name.value}`,
      library: 'prisma',
      asynchronous: true,
      url: urlOf(setting, text),
      options: [],
      place: { in: 'module' },
      context: 'application',
      span: setting.span,
    }));
}

function urlOf({ value, span }: Member, text: string): DatabaseUrl {
  const variable =
    value?.kind === 'name' && value.value === 'env' ? textOf(argumentOf(value, 'name', true)) : undefined;
  if (value?.kind === 'name') {
    return {
      span: value.span,
      from: 'environment',
      source: value.span,
      absent: 'raises',
      ...(variable !== undefined && { name: variable }),
    };
  }
  if (value?.kind !== 'text') return { span, from: 'unknown' };
  const parts = urlParts(
    [{ value: value.value, offsets: offsetsOf(value.span, text), expression: value.span }],
    value.span,
  );
  return { span: value.span, from: 'text', ...(parts && { parts }) };
}

/** Where the characters of a string stand; an escape takes two places of the file for one of the text. */
function offsetsOf({ start, end }: Span, text: string): [number, number][] {
  const offsets: [number, number][] = [[0, start + 1]];
  let length = 0;
  for (let at = start + 1; at < end - 1; at++, length++) {
    if (text[at] !== '\\') continue;
    at += text[at + 1] === 'u' ? 5 : 1;
    offsets.push([length + 1, at + 1]);
  }
  return offsets;
}

/**
 * What Prisma makes of the table behind a relation of many to many, by its major version or what a schema shows of that: `prisma-client`
 * came with 6.6, and a datasource without a URL with 7. Only PostgreSQL gets a primary key there.
 */
export function joinKeyOf(
  dialect: Dialect,
  version: number | undefined,
  datasource: Block | undefined,
  generators: readonly Block[],
): Schema['joinKey'] {
  if (dialect !== 'postgresql') return 'unique';
  if (version !== undefined) return version >= 6 ? 'primary' : 'unique';
  const isCurrent = generators.some((generator) => textOf(settingOf(generator, 'provider')) === 'prisma-client');
  return isCurrent || (datasource && settingOf(datasource, 'url') === undefined) ? 'primary' : 'unknown';
}
