import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { medians, peakMemory, type Command } from './bench/measure.js';
import { projects } from './bench/project.js';
import { replayCost } from './bench/replay.js';
import { sqlThroughput } from './bench/sql.js';
import { typescriptCost } from './bench/typescript.js';

const root = join(import.meta.dirname, '..');
const floor = fileURLToPath(import.meta.resolve('./bench/floor.js'));
const quick = process.argv.includes('--quick');
const runs = quick ? 3 : 9;
const count = quick ? 400 : 2000;

interface Scenario {
  name: string;
  cwd: string;
  floor: string[];
  ddlint: string[];
  /** Times the floor; measured on two shared cores with Node 20. Absent where none was set. */
  target?: number;
  /** Changes a file before each run of ddlint. */
  change?: () => void;
}

const kept = mkdtempSync(join(tmpdir(), 'ddlint-bench-'));
/** The program as it is compiled, and as a release bundles it. */
function programs(): string[] {
  const release = join(kept, 'release');
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/release-tree.ts'), release], { cwd: root });
  return [root, release].map((tree) => join(tree, 'bin/ddlint.js'));
}

const timesFloor = (ratio: number | undefined): string => (ratio === undefined ? '' : `× ${ratio.toFixed(2)}`);

function measured(
  { name, cwd, floor: least, ddlint, target, change }: Scenario,
  launchers: readonly string[],
): string[] {
  const own = launchers.map((launcher, index): Command => {
    const cache = join(kept, `cache-${index}`);
    return { args: [launcher, ...ddlint], cwd, cache, ...(change && { prepare: change }) };
  });
  const [low, ...times] = medians([{ args: least, cwd, cache: kept }, ...own], runs) as [number, ...number[]];
  const figures = times.flatMap((time) => [`${time.toFixed(0)} ms`, timesFloor(time / low)]);
  return [name, `${low.toFixed(0)} ms`, ...figures, timesFloor(target), `${peakMemory(own.at(-1)!).toFixed(0)} MiB`];
}

function print(rows: readonly string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    console.log(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    );
  }
}

function scenarios(plain: string, model: string, mixed: string): Scenario[] {
  const changing = 'src/entities/record-0.ts';
  const whole = { cwd: mixed, floor: [floor], ddlint: ['--format', 'json'] };
  const oneModel = { cwd: model, floor: [floor, 'src/record.ts'], ddlint: ['src/record.ts'] };
  const cold = <S extends Scenario>(scenario: S): S => ({ ...scenario, ddlint: [...scenario.ddlint, '--no-cache'] });
  return [
    { name: '--version', cwd: plain, floor: ['-e', '0'], ddlint: ['--version'], target: 80 / 62 },
    {
      name: '1 file, nothing of the data layer',
      cwd: plain,
      floor: [floor, 'src/plain.ts'],
      ddlint: ['src/plain.ts'],
      target: 85 / 63,
    },
    cold({ ...oneModel, name: '1 model file' }),
    { ...oneModel, name: '1 model file, cached', target: 180 / 113 },
    cold({ ...whole, name: `${count} files, 5 % of the data layer`, target: 1.5 / 0.65 }),
    { ...whole, name: `${count} files, cached`, target: 0.2 / 0.1 },
    {
      ...whole,
      name: `${count} files, cached, 1 changed`,
      change: () => appendFileSync(join(mixed, changing), '// changed\n'),
    },
  ];
}

const folders = [projects.plainFile(), projects.modelFile(), projects.mixed(count)] as const;
try {
  const launchers = programs();
  print([
    ['Scenario', 'floor', 'compiled', '', 'bundled', '', 'target', 'peak'],
    ...scenarios(...folders).map((scenario) => measured(scenario, launchers)),
  ]);
  for (const line of sqlThroughput(quick ? 1 : 4)) console.log(line);
  console.log(await typescriptCost(quick ? 100 : 400));
  console.log(replayCost(quick ? 1 : 5));
  const load = loadavg().map((each) => each.toFixed(1));
  console.log(`Medians of ${runs} runs, Node ${process.version}, load ${load.join(' ')}.`);
  console.log('Targets are ratios to the floor, not limits: nothing fails here.');
} finally {
  for (const folder of [...folders, kept]) rmSync(folder, { recursive: true, force: true });
}
