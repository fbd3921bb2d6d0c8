import type { Reporter } from './reporter.js';

/** The formats by name. Each is loaded when it is asked for. */
export const reporters: { readonly [name: string]: () => Promise<Reporter> } = {
  frames: async () => (await import('./frames.js')).frames,
  concise: async () => (await import('./concise.js')).concise,
  json: async () => (await import('./json.js')).json,
};
