import type { Command } from './command.js';

/** The commands by name. The one that is asked for is loaded; `lint` is the one that needs no name. */
export const commands: { readonly [name: string]: () => Promise<Command> } = {
  lint: async () => (await import('./commands/lint.js')).lint,
  project: async () => (await import('./commands/project.js')).project,
  schema: async () => (await import('./commands/schema.js')).schema,
  diff: async () => (await import('./commands/diff.js')).diff,
  drift: async () => (await import('./commands/drift.js')).drift,
  explain: async () => (await import('./commands/explain.js')).explain,
  rules: async () => (await import('./commands/rules.js')).rules,
};
