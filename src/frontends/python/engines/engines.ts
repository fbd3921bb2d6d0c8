import type { Engine, EngineOption } from '../../../ir/index.js';
import type { At, CallSite, Frame, Program } from '../injection/frames.js';
import { Tracer } from '../injection/tracer.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, spanOf } from '../source.js';
import type { Node } from '../syntax/nodes.js';
import { configurationOf } from './configuration.js';
import { fateOf } from './fate.js';
import { makers, type Maker } from './makers.js';
import { optionsOf } from './options.js';
import { isMain, placeOf } from './place.js';
import { UrlReader } from './url.js';
import { nodesIn, statementsAround, statementsIn } from './walk.js';
import { writtenUrlOf } from './written-urls.js';

/** Files of which none holds an engine: every fact of this module has one of these words. */
const words = /engine|session|connect|pool|database|sqlalchemy|:\/\//i;

/** The engines, pools, session factories and database URLs of a file. */
export function readEngines(program: Program, reading: Reading, context: Engine['context']): Engine[] {
  const { source, module } = reading;
  if (!words.test(source)) return [];
  const tracer = new Tracer(program, reading);
  const urls = new UrlReader(program, tracer);
  const hasMain = module.body.some(isMain);
  const engines: Engine[] = [];
  for (const site of program.calls) {
    const found = madeBy(site, urls, hasMain);
    if (found !== undefined) engines.push({ ...found, place: placeOf(site.call, tracer, hasMain), context });
  }
  if (!/SQLALCHEMY_|:\/\//.test(source)) return engines;
  const passwords = new Set(engines.map(({ url }) => url?.parts?.password?.span.start));
  const placed = (node: Node): At => ({ frame: frameOf(node, program, reading), path: [], offset: node.end });
  const written: Engine[] = [];
  for (const { node, around } of nodesIn(module.body)) {
    const configured = configurationOf(node, around, urls, () => placed(node));
    const found = configured ?? writtenUrlOf(node, around, urls, () => placed(node));
    if (found === undefined) continue;
    const engine = { ...found, place: placeOf(node, tracer, hasMain), context };
    if (configured === undefined) written.push(engine);
    else engines.push(engine);
  }
  for (const { url } of engines) passwords.add(url?.parts?.password?.span.start);
  engines.push(...written.filter(({ url }) => !passwords.has(url?.parts?.password?.span.start)));
  return engines.sort((one, other) => one.span.start - other.span.start);
}

/** What a call makes, if it is one of a library's that connect to a database. */
function madeBy(site: CallSite, urls: UrlReader, hasMain: boolean): Omit<Engine, 'place' | 'context'> | undefined {
  const { call, at } = site;
  const { tracer } = urls;
  const name = tracer.nameOf(call.func, at);
  const maker = makers.get(name);
  if (maker === undefined) return alembicUrl(site, urls);
  const { options, open } = optionsOf(call, at, tracer);
  const isSession = maker.kind === 'session' && maker.asynchronous === true;
  const fate = maker.kind === 'engine' || isSession ? fateOf(site, tracer) : undefined;
  const url = urlOf(site, maker, urls);
  return {
    kind: maker.kind,
    api: `${name.split('.').slice(-1).join()}()`,
    library: maker.library,
    asynchronous: maker.asynchronous ?? isAsynchronous(options),
    ...(url && { url }),
    options,
    ...((open || maker.open) && { open: true as const }),
    ...(fate && { fate }),
    ...(isSession && runsOnAfterCommit(at.frame) && { afterCommit: true as const }),
    ...(fate === 'returned' && isCalledRepeatedly(at.frame, tracer, hasMain) && { repeatedly: true as const }),
    span: spanOf(call),
    anchor: anchorAt(tracer.reading.source, call, { options: callList(call) }),
  };
}

/** `config.set_main_option("sqlalchemy.url", …)`: nothing else has an option of that name. */
function alembicUrl({ call, at }: CallSite, urls: UrlReader): Omit<Engine, 'place' | 'context'> | undefined {
  const method = call.func.kind === 'Attribute' ? call.func.attr : '';
  if (method !== 'set_main_option' && method !== 'set_section_option') return undefined;
  const [key, value] = call.args.slice(-2);
  if (key?.kind !== 'Str' || key.value !== 'sqlalchemy.url' || value === undefined) return undefined;
  return {
    kind: 'configuration',
    api: `config.${method}()`,
    library: 'alembic',
    asynchronous: 'unknown',
    url: urls.read(value, at),
    options: [],
    span: spanOf(call),
  };
}

/** Whether a function goes on after it has committed. */
function runsOnAfterCommit({ node }: Frame): boolean {
  if (node?.kind !== 'FunctionDef') return false;
  const commits = [...nodesIn(node.body)].flatMap(({ node: each }) =>
    each.kind === 'Call' && each.func.kind === 'Attribute' && each.func.attr === 'commit' ? [each.end] : [],
  );
  const first = Math.min(...commits);
  return [...statementsIn(node.body)].some(
    (stmt) => stmt.start > first && stmt.kind !== 'Pass' && !(stmt.kind === 'Return' && stmt.value === undefined),
  );
}

/** `sessionmaker(engine, class_=AsyncSession)` makes asynchronous sessions. */
const isAsynchronous = (options: readonly EngineOption[]): boolean | 'unknown' => {
  const made = options.find(({ name }) => name === 'class_');
  if (made === undefined) return false;
  return made.known === undefined ? 'unknown' : made.known === 'AsyncSession';
};

function urlOf({ call, at }: CallSite, maker: Maker, urls: UrlReader): Engine['url'] {
  const given =
    maker.url &&
    (call.keywords.find(({ name }) => name !== undefined && maker.url?.includes(name))?.value ?? call.args[0]);
  if (given !== undefined && given.kind !== 'Starred') return urls.read(given, at);
  const parts = urls.parts(call, at);
  return parts.password === undefined && parts.host === undefined
    ? undefined
    : { span: spanOf(call), from: 'text', parts };
}

/** Whether a function that hands out what it makes is called from a function of the file that runs more than once. */
function isCalledRepeatedly({ node }: Frame, tracer: Tracer, hasMain: boolean): boolean {
  if (node?.kind !== 'FunctionDef') return false;
  const { calls, module } = tracer.program;
  return calls.some(
    ({ call, at }) =>
      at.frame !== module &&
      at.frame.node !== node &&
      at.frame.node?.kind === 'FunctionDef' &&
      (call.func.kind === 'Name' ? call.func.id : call.func.kind === 'Attribute' ? call.func.attr : '') === node.name &&
      placeOf(call, tracer, hasMain).once === undefined,
  );
}

/** The frame of the function that a node stands in. */
function frameOf(node: Node, program: Program, { module }: Reading): Frame {
  const inner = statementsAround(module.body, node).findLast((stmt) => stmt.kind === 'FunctionDef');
  return [...program.functions.values()].find((frame) => frame.node === inner) ?? program.module;
}
