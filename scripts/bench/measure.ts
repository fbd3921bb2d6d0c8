import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

/** How a program is run. */
export interface Command {
  args: string[];
  cwd: string;
  /** Where facts and compiled code are kept, apart from the user's own and from those of other builds. */
  cache: string;
  /** Done before each run, and not measured. */
  prepare?: () => void;
}

const run = (args: string[], { cwd, cache }: Command): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: cache } });

function milliseconds(command: Command): number {
  const { args, prepare } = command;
  prepare?.();
  const start = process.hrtime.bigint();
  const { status, stderr } = run(args, command);
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Median times in milliseconds. The commands take turns, so that a busy moment of the machine hits all of them. */
export function medians(commands: readonly Command[], runs: number): number[] {
  for (const command of commands) milliseconds(command);
  const times = commands.map((): number[] => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, command] of commands.entries()) times[index]!.push(milliseconds(command));
  }
  return times.map(median);
}

/** Peak memory in MiB, told by the process itself when it ends. */
export function peakMemory(command: Command): number {
  command.prepare?.();
  const tell = `process.on('exit', () => require('fs').writeSync(2, 'peak=' + process.resourceUsage().maxRSS + ';'))`;
  const hook = `--import=data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${encodeURIComponent(tell)}`;
  const { stderr } = run([hook, ...command.args], command);
  return Number(/peak=(\d+);/.exec(stderr)![1]) / 1024;
}

/** Milliseconds of the processor, so that what else the machine does counts less. */
export function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
