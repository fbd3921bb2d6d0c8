import { gitAt } from '../../engine/git.js';
import { readArguments } from '../arguments.js';
import { cacheFlags, cacheOf } from '../cache.js';
import { colorFlags } from '../color.js';
import type { Command } from '../command.js';
import { configurationFlags, configurationOf } from '../configuration.js';
import { comparedCommit, stagedChanges } from '../history/changes.js';
import { Snapshot } from '../../engine/snapshot.js';
import { outputFlags, readOutputs } from '../output.js';
import { finished } from '../outcome.js';
import { UsageError } from '../usage-error.js';

const flags = {
  'if-touched': { help: 'Return at once unless something of the data layer is staged (for git hooks).' },
  since: { value: 'REF', help: 'Compare the history with the fork point of a git revision.' },
  ...outputFlags,
  ...configurationFlags,
  ...cacheFlags,
  ...colorFlags,
} as const;

/** `ddlint project`: what no single file shows. */
export const project: Command = {
  usage: 'ddlint project [--if-touched]',
  summary: 'Check the migration history as a whole, and what was done to shipped migrations.',
  flags,
  async run(argv, io) {
    const { values, positionals } = readArguments(argv, flags);
    if (positionals.length > 0) throw new UsageError(`"ddlint project" takes no path, not "${positionals[0]}"`);
    const outputs = readOutputs(values.format);
    const wish = { ...configurationOf(values), ...cacheOf(values, io) };
    const git = gitAt(io.cwd);
    if (git === undefined) throw new UsageError(`"ddlint project" needs a git work tree; ${io.cwd} lies in none`);
    const hook = values['if-touched'] === true;
    const head = git.commit('HEAD');
    const from = head && comparedCommit(git, { head, hook, since: values.since, env: io.env });
    const change = {
      from,
      changes: stagedChanges(git, from),
      before: from === undefined ? undefined : Snapshot.ofCommit(git, from),
      after: Snapshot.ofIndex(git),
    };
    if (hook) {
      const { touchesDataLayer } = await import('../history/touched.js');
      if (!touchesDataLayer(change)) return 0;
    }
    const { checkedProject } = await import('../history/checked-project.js');
    const { result, source } = await checkedProject(git, { ...change, since: values.since }, wish);
    return finished(result, { outputs, values, source, argv, io });
  },
};
