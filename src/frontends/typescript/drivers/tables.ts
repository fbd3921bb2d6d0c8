import type { Dialect } from '../../../ir/index.js';
import type { Connects, Driver, Receiver, SinkGroup } from './driver.js';
import { drivers } from './index.js';

/** An argument of a library's method that reaches the database as written. */
export type Sink = Omit<SinkGroup, 'on' | 'methods'> & { library: string; type: string; method: string };

/** A call of an exported function that is a sink by itself. */
export interface FunctionSink {
  library: string;
  kind: SinkGroup['kind'];
  bare: SinkGroup['bare'];
  argument: number;
}

type Table = ReadonlyMap<string, Receiver>;

const sinks = new Map<Receiver, Map<string, Sink[]>>();
const members = new Map<Receiver, Table>();
const callbacks = new Map<Receiver, Table>();
const awaitable = new Set<Receiver>();
const dialects = new Map<string, Dialect>();
const methods = new Set<string>();

const full = (library: string, receiver: Receiver): Receiver =>
  receiver === 'none' || receiver.includes('#') ? receiver : `${library}#${receiver}`;

function tablesOf(driver: Driver, of: Driver['members'], into: Map<Receiver, Table>): void {
  for (const [receiver, table] of Object.entries(of ?? {})) {
    const entries = Object.entries(table).map(([name, each]) => [name, full(driver.library, each)] as const);
    into.set(full(driver.library, receiver), new Map(entries));
  }
}

for (const driver of drivers) {
  const { library } = driver;
  if (driver.dialect !== undefined) dialects.set(library, driver.dialect);
  tablesOf(driver, driver.members, members);
  tablesOf(driver, driver.callbacks, callbacks);
  for (const each of driver.awaitable ?? []) awaitable.add(full(library, each));
  for (const { on, methods: names, ...rest } of driver.sinks ?? []) {
    const receiver = full(library, on);
    const table = sinks.get(receiver) ?? new Map<string, Sink[]>();
    sinks.set(receiver, table);
    for (const method of names) {
      methods.add(method);
      table.set(method, [...(table.get(method) ?? []), { ...rest, library, type: on, method }]);
    }
  }
}

/** Methods that are a sink of some library. */
export const sinkMethods: ReadonlySet<string> = methods;

export const sinksOf = (receiver: Receiver, method: string): readonly Sink[] => sinks.get(receiver)?.get(method) ?? [];

/** What reading or calling a member gives; `()` is a call of the value itself. */
export function memberOf(receiver: Receiver, member: string): Receiver | undefined {
  const found = members.get(receiver)?.get(member) ?? (member === '()' ? undefined : members.get(receiver)?.get('*'));
  return found === 'none' ? undefined : found;
}

/** What the first parameter of a callback is that is handed to a method. */
export function callbackOf(receiver: Receiver, method: string): Receiver | undefined {
  const found = callbacks.get(receiver)?.get(method) ?? callbacks.get(receiver)?.get('*');
  return found === 'none' ? undefined : found;
}

export const isAwaitable = (receiver: Receiver): boolean => awaitable.has(receiver);

/** The only dialect that a library speaks. */
export const dialectOf = (library: string): Dialect | undefined => dialects.get(library);

const byModule = new Map<string, readonly Driver[]>();

function driversOf(module: string): readonly Driver[] {
  let found = byModule.get(module);
  if (!found) byModule.set(module, (found = drivers.filter((driver) => driver.modules.test(module))));
  return found;
}

/** What something that a module exports stands for. */
export function exportedReceiver(module: string, name: string): Receiver | undefined {
  for (const { library, exports } of driversOf(module)) {
    if (exports && Object.hasOwn(exports, name)) return full(library, exports[name]!);
  }
  return undefined;
}

export function functionSink(module: string, name: string): FunctionSink | undefined {
  for (const { library, functions } of driversOf(module)) {
    if (functions && Object.hasOwn(functions, name)) return { library, argument: 0, ...functions[name]! };
  }
  return undefined;
}

/** What a call of something that a module exports connects to. */
export function connectsBy(module: string, name: string): (Connects & { library: string }) | undefined {
  for (const { library, connects } of driversOf(module)) {
    if (connects && Object.hasOwn(connects, name)) return { library, ...connects[name]! };
  }
  return undefined;
}

const connecting = new Map(
  drivers.flatMap(({ library, connects = {} }) =>
    Object.entries(connects).map(([name, each]) => [`${library}${name}`, { library, ...each }] as const),
  ),
);

/** What a call of a receiver itself connects to: the second call of `pgPromise()(url)`. */
export const connectsByCall = (receiver: Receiver): (Connects & { library: string }) | undefined =>
  connecting.get(receiver);
