import { readArguments } from '../arguments.js';
import { cacheFlags, cacheOf } from '../cache.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';

const flags = {
  at: { value: 'REVISION', help: 'The schema after this migration instead of the last one.' },
  format: { value: 'NAME', help: 'sql (default), json or mermaid.' },
  config: { value: 'FILE', help: 'Read this configuration instead of searching for one.' },
  ...cacheFlags,
} as const;

const formats = ['sql', 'json', 'mermaid'];

/** `ddlint schema`: the schema that the migrations make. */
export const schema: Command = {
  usage: 'ddlint schema [folder]',
  summary: 'Print the schema that the migrations of a folder make, without a database.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    const { format = 'sql', at, config } = values;
    if (positionals.length > 1) throw new UsageError('"ddlint schema" takes one folder');
    if (!formats.includes(format)) throw new UsageError(`--format ${format} is none of ${formats.join(', ')}`);
    const { readProject } = await import('../../index.js');
    const { chosenHistory, replayedAt } = await import('../schema/histories.js');
    const project = await readProject({ cwd: io.cwd, ...(config !== undefined && { config }), ...cacheOf(values, io) });
    const { history, schema } = replayedAt(project, chosenHistory(project, positionals[0]), at);
    if (format === 'sql') {
      const { sql } = await import('../schema/sql.js');
      io.out.write(sql(schema));
      return 0;
    }
    const { described } = await import('../schema/description.js');
    const description = described(schema, history);
    if (format === 'json') io.out.write(`${JSON.stringify(description, null, 2)}\n`);
    else {
      const { mermaid } = await import('../schema/mermaid.js');
      io.out.write(mermaid(description));
    }
    return 0;
  },
};
