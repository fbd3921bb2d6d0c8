import { createSyncFn } from 'synckit';
import type { Method, Methods, Reply } from './protocol.js';

type Dispatch = <M extends Method>(method: M, ...args: Parameters<Methods[M]>) => Reply<M>;

/** How long one answer may take, in milliseconds. The first one reads the whole project. */
export const DEFAULT_TIMEOUT = 60_000;

/** Nothing was analysed. The message says why, to go behind "because". */
export class AnalysisUnavailable extends Error {}

let dispatch: Dispatch | undefined;
let broken: AnalysisUnavailable | undefined;

/**
 * Asks the worker and waits for its answer. The worker is started at the first question, so that a run without
 * data-layer files never pays for it, and does not keep the process alive. A worker that has once failed to answer is
 * never asked again in this process: every later call would wait as long.
 * @throws AnalysisUnavailable at once, for good, after the first failure of the worker
 */
export function ask<M extends Method>(
  timeout: number,
  method: M,
  ...args: Parameters<Methods[M]>
): ReturnType<Methods[M]> {
  if (broken) throw broken;
  let reply: Reply<M>;
  try {
    dispatch ??= createSyncFn(new URL('./worker.js', import.meta.url), { timeout }) as unknown as Dispatch;
    reply = dispatch(method, ...args);
  } catch (error) {
    const reason = (error as Error).message;
    broken = new AnalysisUnavailable(
      reason.includes('timed-out') ? `its worker did not answer within ${timeout} ms` : `its worker failed: ${reason}`,
    );
    throw broken;
  }
  if ('refusal' in reply) throw new Error(`ddlint: ${reply.refusal}`);
  if ('crash' in reply) throw new AnalysisUnavailable(`it failed, which is a defect of ddlint: ${reply.crash}`);
  return reply.value;
}
