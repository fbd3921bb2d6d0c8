import type { FileFacts, Usage } from '../../ir/index.js';

/** What kind of code a file holds, for the facts of what it does. Ask when its migrations are read. */
export const contextOf = ({ migrations, scope }: FileFacts): Usage['context'] =>
  migrations.length > 0 ? 'migration' : scope === 'test' ? 'test' : 'application';
