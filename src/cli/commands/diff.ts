import type { Project } from '../../ir/index.js';
import { readArguments } from '../arguments.js';
import { cacheFlags, cacheOf } from '../cache.js';
import type { Command } from '../command.js';
import type { SchemaDescription } from '../schema/description.js';
import { UsageError } from '../usage-error.js';

const flags = {
  format: { value: 'NAME', help: 'text (default) or json.' },
  config: { value: 'FILE', help: 'Read this configuration instead of searching for one.' },
  ...cacheFlags,
} as const;

/** The two sides of `A..B`; `A` alone is compared with what is on disk. */
function sidesOf(range: string): { before: string; after: string | undefined } {
  const [before = '', after, ...rest] = range.split('..');
  if (before === '' || rest.length > 0) throw new UsageError(`"${range}" does not have the form A..B, A.. or A`);
  return { before, after: after === '' ? undefined : after };
}

/** `ddlint diff`: what the schema of one git revision has that of another has not. */
export const diff: Command = {
  usage: 'ddlint diff <A>..<B>',
  summary: 'Compare the schemas that the migrations make at two git revisions, without a database.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    const { format = 'text', config } = values;
    const [range, ...others] = positionals;
    if (range === undefined || others.length > 0) throw new UsageError('"ddlint diff" takes one range: main..HEAD');
    if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format} is none of text, json`);
    const { before, after } = sidesOf(range);
    const { readProject } = await import('../../index.js');
    const common = { cwd: io.cwd, ...(config !== undefined && { config }), ...cacheOf(values, io) };
    const old = await schemasOf(await readProject({ ...common, revision: before }));
    const fresh = await schemasOf(await readProject({ ...common, ...(after !== undefined && { revision: after }) }));
    const { difference, isEmpty } = await import('../schema/difference.js');
    const all = [...new Set([...old.keys(), ...fresh.keys()])].sort().map((key) => {
      const { history, runner } = (fresh.get(key) ?? old.get(key))!;
      return { history, runner, ...difference(old.get(key), fresh.get(key)) };
    });
    const differing = all.filter((each) => !isEmpty(each));
    if (format === 'json') io.out.write(`${JSON.stringify(differing, null, 2)}\n`);
    else {
      const { text } = await import('../schema/difference-text.js');
      io.out.write(differing.length === 0 ? 'No differences.\n' : differing.map(text).join('\n'));
    }
    return 0;
  },
};

/** The schemas of all histories, by folder and runner. */
async function schemasOf(project: Project): Promise<Map<string, SchemaDescription>> {
  const [{ histories }, { finalSchema }, { described }] = await Promise.all([
    import('../../queries/revision-graph.js'),
    import('../../queries/replay.js'),
    import('../schema/description.js'),
  ]);
  return new Map(
    histories(project).map((history) => [
      `${history.folder} ${history.runner}`,
      described(finalSchema(project, history)!, history),
    ]),
  );
}
