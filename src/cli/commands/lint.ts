import { readArguments } from '../arguments.js';
import { cacheFlags, cacheOf } from '../cache.js';
import { colorFlags } from '../color.js';
import type { Command } from '../command.js';
import { configurationFlags, configurationOf } from '../configuration.js';
import { finished, warningLimit } from '../outcome.js';
import { outputFlags, readOutputs } from '../output.js';
import { sourceReader } from '../source.js';
import { UsageError } from '../usage-error.js';

const flags = {
  staged: { help: 'Lint what will be committed: names and contents from the git index.' },
  since: { value: 'REF', help: 'Report on what changed since a git revision; older migrations count as shipped.' },
  all: { help: 'Report on shipped migrations too.' },
  fix: { help: 'Write the safe fixes.' },
  ...outputFlags,
  'max-warnings': { value: 'N', help: 'End with exit code 1 on more warnings than this.' },
  ...configurationFlags,
  'print-config': { help: 'Print the configuration, with the rules as they hold for a path if one is given.' },
  ...cacheFlags,
  ...colorFlags,
} as const;

/** The range that pre-commit hands over outside of commits, such as `--from-ref` in CI. */
function hookBase({
  PRE_COMMIT_FROM_REF: from,
  PRE_COMMIT_TO_REF: to,
}: {
  [name: string]: string | undefined;
}): string | undefined {
  return to === undefined ? undefined : from;
}

/** `ddlint [paths…]`: the linter. */
export const lint: Command = {
  usage: 'ddlint [lint] [paths…]',
  summary: 'Lint the project in this folder; paths limit what is reported.',
  flags,
  async run(argv, io) {
    const { values, positionals: paths } = readArguments(argv, flags);
    const configuration = configurationOf(values);
    if (values['print-config']) {
      const { printedConfig } = await import('../printed-config.js');
      if (paths.length > 1) throw new UsageError('--print-config takes one path at most');
      io.out.write(await printedConfig(io.cwd, configuration, paths[0]));
      return 0;
    }
    const outputs = readOutputs(values.format);
    const mostWarnings = warningLimit(values['max-warnings']);
    const since = values.since ?? hookBase(io.env);
    const staged = values.staged === true;
    const options = {
      cwd: io.cwd,
      paths,
      ...configuration,
      ...cacheOf(values, io),
      staged,
      ...(since !== undefined && { since }),
      ...(values.all && { all: true }),
    };
    const { lintProject } = await import('../../index.js');
    const once = () => lintProject(options);
    const result = values.fix ? await (await import('../fixing.js')).fixed(once, staged, io) : await once();
    return finished(result, { outputs, values, source: sourceReader(io.cwd, staged), mostWarnings, argv, io });
  },
};
