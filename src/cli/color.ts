import type { Io } from './io.js';

/** The flags that decide about colours, for every command that writes some. */
export const colorFlags = {
  color: { help: 'Write colours, also into files and pipes.' },
  'no-color': { help: 'Write no colours.' },
} as const;

/** A flag wins over NO_COLOR, that over FORCE_COLOR, and that over whether a terminal reads the output. */
export function wantsColor(
  flags: { color?: true; 'no-color'?: true },
  { env, out }: { env: Io['env']; out: { isTerminal: boolean } },
): boolean {
  if (flags['no-color']) return false;
  if (flags.color) return true;
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return out.isTerminal && env['TERM'] !== 'dumb';
}
