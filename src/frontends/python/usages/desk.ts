import type { Usage } from '../../../ir/index.js';
import { originOf } from '../link/origins.js';
import { World } from '../link/world.js';
import type { ModuleSymbols } from '../models/raw.js';
import type { Reading } from '../reading.js';
import type { Expr, Of, StmtOf } from '../syntax/nodes.js';
import type { AskedUsage } from './asked.js';
import { codeOf, functionAround, type Code, type Place } from './code.js';
import { providersOf } from './providers.js';
import { Receivers } from './receivers.js';
import { looksLikeSession, mayBeSession, sessionKind, type SessionKind } from './sessions.js';
import type { Names } from './names.js';

/** A session at hand, or the name that another file has to say it of. */
export type Session = SessionKind & { asks?: string };

/** What a recogniser of usages works with. */
export class Desk {
  readonly code: Code;
  readonly receivers: Receivers;
  readonly usages: Usage[] = [];
  readonly asked: AskedUsage[] = [];
  readonly #world: World;

  constructor(
    readonly reading: Reading,
    symbols: ModuleSymbols,
    readonly context: Usage['context'],
  ) {
    this.code = codeOf(reading.module, reading.source);
    this.receivers = new Receivers(reading, resultsOf(this.code));
    const providers = providersOf(this.code, this.receivers);
    if (Object.keys(providers).length > 0) symbols.providers = providers;
    this.#world = new World([symbols]);
  }

  /** The dotted name of an expression, followed as far as this file goes. */
  nameOf(expr: Expr, { around, node }: Place): string {
    const name = this.receivers.nameOf(expr, around.names, node.start);
    return name.startsWith('?') ? name : originOf(name, this.reading.interpreter.module, this.#world);
  }

  /** Whether an expression is a session, as far as this file tells. */
  sessionOf(expr: Expr, place: Place): Session | undefined {
    const name = this.nameOf(expr, place);
    const kind = sessionKind(name);
    if (kind !== undefined) return kind;
    const last = /\.(\w+)$/.exec(name)?.[1];
    if (this.receivers.importsOrm && looksLikeSession(last === undefined ? name : `?${last}`))
      return { library: 'sqlalchemy', asynchronous: isAwaited(place) };
    if (!mayBeSession(name)) return undefined;
    return { library: 'sqlalchemy', asynchronous: false, asks: name };
  }

  /** Adds a usage, or keeps it until its session is known. */
  add(usage: Usage, session?: Session): void {
    if (session?.asks === undefined) this.usages.push(usage);
    else this.asked.push({ usage, session: session.asks });
  }

  /** Where a name is read, in source order. */
  readsOf(name: string): readonly Place<Of<'Name'>>[] {
    if (this.#reads === undefined) {
      this.#reads = new Map();
      for (const place of this.code.reads) {
        const same = this.#reads.get(place.node.id);
        if (same === undefined) this.#reads.set(place.node.id, [place]);
        else same.push(place);
      }
    }
    return this.#reads.get(name) ?? [];
  }

  #reads: Map<string, Place<Of<'Name'>>[]> | undefined;

  written(expr: Expr): string {
    return this.reading.source.slice(expr.start, expr.end).replace(/\s+/g, ' ');
  }
}

/** Whether the result of a call is waited for. */
const isAwaited = ({ within }: Place): boolean => within?.node.kind === 'Await';

/** Whether a function is one of asyncio. */
export const isAsync = (node: StmtOf<'FunctionDef'>, source: string): boolean =>
  /\basync\s+def\s+$/.test(source.slice(Math.max(0, node.nameStart - 40), node.nameStart));

function resultsOf({
  statements,
  yields,
}: Code): Map<StmtOf<'FunctionDef'>, { value: Expr; names: Names; at: number }[]> {
  const results = new Map<StmtOf<'FunctionDef'>, { value: Expr; names: Names; at: number }[]>();
  const add = (value: Expr | undefined, { around }: Pick<Place, 'around'>) => {
    const node = functionAround(around);
    if (node === undefined || value === undefined) return;
    const entry = { value, names: around.names, at: value.start };
    const found = results.get(node);
    if (found === undefined) results.set(node, [entry]);
    else found.push(entry);
  };
  for (const place of yields) add(yielded(place.node), place);
  for (const { stmt, around } of statements) if (stmt.kind === 'Return') add(stmt.value, { around });
  return results;
}

/** What a `yield` hands over. */
function yielded({ children }: Of<'Opaque'>): Expr | undefined {
  const [first] = children;
  return first !== undefined && 'kind' in first && children.length === 1 ? (first as Expr) : undefined;
}
