import { commands } from './commands.js';
import { printable } from '../reporters/printable.js';
import { processIo, type Io } from './io.js';

async function printHelp(io: Io): Promise<number> {
  const { generalHelp } = await import('./help.js');
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  io.out.write(generalHelp(loaded));
  return 0;
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const [first = ''] = argv;
  if (argv.includes('--version')) {
    const { ownPackage } = await import('../package.js');
    io.out.write(`${ownPackage().version}\n`);
    return 0;
  }
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const wantsHelp = argv.includes('--help') || argv.includes('-h');
  if (wantsHelp && named === undefined) return printHelp(io);
  const command = await (named ?? commands['lint']!)();
  if (!wantsHelp) return command.run(named ? argv.slice(1) : argv, io);
  const { commandHelp } = await import('./help.js');
  io.out.write(commandHelp(command));
  return 0;
}

/**
 * Runs the command line.
 * @returns the exit code: 0 clean, 1 findings, 2 usage or configuration, 3 a failure of ddlint itself
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    return await run(argv, io);
  } catch (error) {
    if (error instanceof Error && ['UsageError', 'ConfigurationError'].includes(error.name)) {
      for (const line of error.message.split('\n')) io.err.write(`ddlint: ${printable(line)}\n`);
      return 2;
    }
    const { crashReport } = await import('./crash.js');
    io.err.write(crashReport(error, argv));
    return 3;
  }
}
