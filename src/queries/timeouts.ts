import type { FileFacts, Operation, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { sharesTransaction } from './transactions.js';

/** A setting that is given a value before an operation runs. */
export interface SettingInForce {
  /** As written: `2s`, `3000`. */
  value: string;
  /** What gives it; absent where the connection comes with it. */
  by?: PlacedOperation;
}

/**
 * The value that a setting of the server has when an operation of a migration runs, as far as the migration itself or
 * the project's connections give it one; `default` and `RESET` take it away.
 * @param name in lower case: `lock_timeout`
 */
export function settingAt(project: Project, placed: PlacedOperation, name: string): SettingInForce | undefined {
  const { list = [], count = 0 } = settingsBefore(project).get(placed.operation) ?? {};
  for (const { operation, placed: by } of list.slice(0, count).reverse()) {
    if (operation.name.toLowerCase() !== name) continue;
    if (operation.scope === 'transaction' && sharesTransaction(project, by, placed) === 'no') continue;
    return operation.value.toLowerCase() === 'default' ? undefined : { value: operation.value, by };
  }
  const value = connectionSettings(project).get(name);
  return value === undefined ? undefined : { value };
}

type SetSetting = Extract<Operation, { kind: 'SetSetting' }>;
interface Given {
  operation: SetSetting;
  placed: PlacedOperation;
}

/** What a half of a migration or a file has set so far: the first `count` of all that it sets. */
interface Before {
  list: readonly Given[];
  count: number;
}

/** For each operation behind a SET of its own half of the migration, or of its file, what came before it. */
const settingsBefore = defineQuery((project): ReadonlyMap<Operation, Before> => {
  const result = new Map<Operation, Before>();
  for (const facts of project.files) for (const each of halvesOf(facts)) collect(each, result);
  return result;
});

function* halvesOf(facts: FileFacts): Generator<PlacedOperation[]> {
  const halves = new Map<string, PlacedOperation[]>();
  for (const placed of operationsIn(facts)) {
    const key = `${placed.migration?.id ?? ''}\0${placed.section}`;
    const half = halves.get(key);
    if (half) half.push(placed);
    else halves.set(key, [placed]);
  }
  yield* halves.values();
}

function collect(half: readonly PlacedOperation[], result: Map<Operation, Before>): void {
  const list: Given[] = [];
  for (const placed of half) {
    const { operation } = placed;
    if (list.length > 0) result.set(operation, { list, count: list.length });
    if (operation.kind === 'SetSetting' && !placed.inRoutine) list.push({ operation, placed });
  }
}

const inOptions = /\b(\w*timeout)\s*=\s*'?(\d+\s*(?:ms|s|min|h|d)?)/gi;

/**
 * Timeouts that the project gives to its connections: options of engines, and SET in their code, as in an env.py.
 */
const connectionSettings = defineQuery((project): ReadonlyMap<string, string> => {
  const result = new Map<string, string>();
  for (const { scope, engines = [], statements, frontend } of project.files) {
    if (scope === 'test') continue;
    for (const { context, options } of engines) {
      if (context === 'test') continue;
      for (const { name, known } of options) {
        for (const [, setting, value] of typeof known === 'string' ? known.matchAll(inOptions) : [])
          result.set(setting!.toLowerCase(), value!);
        const setting = /(?:^|\.)(\w*timeout)$/.exec(name)?.[1];
        if (setting && known !== undefined && known !== null) result.set(setting.toLowerCase(), String(known));
      }
    }
    if (frontend === 'sql') continue;
    for (const { operations } of statements) {
      for (const operation of operations) {
        if (operation.kind === 'SetSetting') result.set(operation.name.toLowerCase(), operation.value);
      }
    }
  }
  return result;
});

const units: { readonly [unit: string]: number } = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/** A timeout of PostgreSQL in seconds, 0 for none; undefined where it is no number: milliseconds without a unit. */
export function secondsOf(value: string): number | undefined {
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?$/i.exec(value.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * units[unit.toLowerCase()]!;
}
