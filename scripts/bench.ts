import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projects } from './bench/project.js';

const root = join(import.meta.dirname, '..');
const ddlint = join(root, 'bin/ddlint.js');
const floor = fileURLToPath(import.meta.resolve('./bench/floor.js'));

interface Scenario {
  name: string;
  cwd: string;
  floor: string[];
  ddlint: string[];
  /** Times the floor; measured on two shared cores with Node 20. */
  target: number;
  runs: number;
}

function milliseconds(args: string[], cwd: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Peak memory in MiB, told by the process itself when it ends. */
function peakMemory(args: string[], cwd: string): number {
  const tell = `process.on('exit', () => require('fs').writeSync(2, 'peak=' + process.resourceUsage().maxRSS + ';'))`;
  const hook = `--import=data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${encodeURIComponent(tell)}`;
  const { stderr } = spawnSync(process.execPath, [hook, ...args], { cwd, encoding: 'utf8' });
  return Number(/peak=(\d+);/.exec(stderr)![1]) / 1024;
}

/** Floor and ddlint take turns, so that a busy moment of the machine hits both. */
function measured({ name, cwd, floor, ddlint, target, runs }: Scenario): string[] {
  milliseconds(ddlint, cwd);
  const floors: number[] = [];
  const ours: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    floors.push(milliseconds(floor, cwd));
    ours.push(milliseconds(ddlint, cwd));
  }
  const [low, own] = [median(floors), median(ours)];
  const figures = [
    `${low.toFixed(0)} ms`,
    `${own.toFixed(0)} ms`,
    `× ${(own / low).toFixed(2)}`,
    `× ${target.toFixed(2)}`,
  ];
  return [name, ...figures, `${peakMemory(ddlint, cwd).toFixed(0)} MiB`];
}

function print(rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    console.log(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    );
  }
}

const quick = process.argv.includes('--quick');
const runs = quick ? 3 : 9;
const count = quick ? 400 : 2000;
const [plain, model, mixed] = [projects.plainFile(), projects.modelFile(), projects.mixed(count)];
try {
  print([
    ['Scenario', 'floor', 'ddlint', 'ratio', 'target', 'peak'],
    measured({
      name: '--version',
      cwd: plain,
      floor: ['-e', '0'],
      ddlint: [ddlint, '--version'],
      target: 80 / 62,
      runs,
    }),
    ...[
      { name: '1 file, nothing of the data layer', cwd: plain, path: 'src/plain.ts', target: 85 / 63 },
      { name: '1 model file', cwd: model, path: 'src/record.ts', target: 180 / 113 },
    ].map(({ path, ...rest }) => measured({ ...rest, floor: [floor, path], ddlint: [ddlint, path], runs })),
    measured({
      name: `${count} files, 5 % of the data layer`,
      cwd: mixed,
      floor: [floor],
      ddlint: [ddlint, '--format', 'json'],
      target: 1.5 / 0.65,
      runs: quick ? 1 : 5,
    }),
  ]);
  console.log(
    `Medians of ${runs} runs (the last row of ${quick ? 1 : 5}), Node ${process.version}. Targets are ratios, not limits: nothing fails here.`,
  );
} finally {
  for (const folder of [plain, model, mixed]) rmSync(folder, { recursive: true, force: true });
}
