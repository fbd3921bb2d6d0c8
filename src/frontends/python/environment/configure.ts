import type { AnchorList, EnvironmentConfigure, EnvironmentOption } from '../../../ir/index.js';
import type { CallSite, Program } from '../injection/frames.js';
import type { Reading } from '../reading.js';
import { anchorAt, bracketList, callList, spanOf } from '../source.js';
import type { Expr } from '../syntax/nodes.js';
import { scopeOf } from '../values/scope.js';
import { entriesOf, optionsOf } from './options.js';
import { scopeOfFrame } from './scopes.js';

/** The calls of a file that configure Alembic. */
export function configuresIn(program: Program, reading: Reading): EnvironmentConfigure[] {
  return program.calls.flatMap((site) => {
    const api = apiOf(site, reading);
    return api === undefined
      ? []
      : [api === 'context.configure' ? inEnvironment(site, reading) : alone(site, program, reading)];
  });
}

function apiOf({ call, at }: CallSite, reading: Reading): EnvironmentConfigure['api'] | undefined {
  const { func } = call;
  if (func.kind !== 'Attribute' || func.attr !== 'configure') return undefined;
  const { interpreter } = reading;
  const scope = scopeOfFrame(at.frame, reading);
  const name = interpreter.nameOf(interpreter.evaluate(func.value, scope)) ?? '';
  if (name === 'alembic.context') return 'context.configure';
  if (/^alembic\.(?:runtime\.)?migration\.MigrationContext$/.test(name)) return 'MigrationContext.configure';
  // Code that is quoted without its imports.
  const isQuoted = func.value.kind === 'Name' && scopeOf(func.value.id, scope) === undefined;
  if (!isQuoted) return undefined;
  if (name === 'MigrationContext') return 'MigrationContext.configure';
  const says = call.keywords.some((each) => each.name === 'target_metadata');
  return name === 'context' && says ? 'context.configure' : undefined;
}

function modeOf(options: readonly EnvironmentOption[], open: boolean): EnvironmentConfigure['mode'] {
  const has = (...names: string[]) => options.some(({ name }) => names.includes(name));
  if (has('connection')) return 'online';
  if (has('url', 'dialect_name', 'as_sql')) return 'offline';
  return open ? 'unknown' : 'online';
}

function inEnvironment(site: CallSite, reading: Reading): EnvironmentConfigure {
  const { options, open } = optionsOf(site, reading);
  // The connection may be given by position.
  const mode = site.call.args.length > 0 ? 'online' : modeOf(options, open);
  return {
    api: 'context.configure',
    mode,
    options,
    ...(open && { open: true as const }),
    compares: true,
    span: spanOf(site.call.func),
    anchor: anchorAt(reading.source, site.call, { call: callList(site.call) }),
  };
}

/** `MigrationContext.configure(connection, …, opts={…})`. */
function alone(site: CallSite, program: Program, reading: Reading): EnvironmentConfigure {
  const { call, at } = site;
  const own = optionsOf(site, reading);
  const given = call.keywords.find(({ name }) => name === 'opts')?.value ?? call.args[4];
  const scope = scopeOfFrame(at.frame, reading);
  const inside = given && entriesOf(given, scope, reading);
  const opts = given && bracketList(given, reading.source);
  const lists: { [role: string]: AnchorList | undefined } = { call: callList(call), ...(opts && { opts }) };
  const mode = call.args.length > 0 ? 'online' : modeOf(own.options, own.open);
  return {
    api: 'MigrationContext.configure',
    mode,
    options: inside?.options ?? [],
    ...((own.open || inside?.open) && { open: true as const }),
    ...(isCompared(site, program) && { compares: true as const }),
    span: spanOf(call.func),
    anchor: anchorAt(reading.source, call, lists),
  };
}

const comparing = /(?:^|\.)(?:compare_metadata|produce_migrations|_autogen_for_migrations)$/;

const nameIn = (expr: Expr): string =>
  expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? `.${expr.attr}` : '';

/** Whether the context is compared: handed over in place, or by the variable that holds it. */
function isCompared({ call, at }: CallSite, { calls }: Program): boolean {
  const isCall = (each: CallSite) => comparing.test(nameIn(each.call.func));
  const held = [...at.frame.locals].find(([, locals]) => locals.some(({ value }) => value === call))?.[0];
  return calls.some(
    (each) =>
      isCall(each) &&
      [...each.call.args, ...each.call.keywords.map(({ value }) => value)].some(
        (arg) => arg === call || (arg.kind === 'Name' && arg.id === held && each.at.frame === at.frame),
      ),
  );
}
