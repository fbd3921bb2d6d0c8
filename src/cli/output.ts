import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { didYouMean } from '../config/suggestion.js';
import type { LintResult } from '../engine/finding.js';
import { reporters } from '../reporters/registry.js';
import type { ReportContext } from '../reporters/reporter.js';
import { wantsColor } from './color.js';
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/** The flags that decide about what is printed, for every command that lints. */
export const outputFlags = {
  format: {
    value: 'NAME[=FILE]',
    many: true,
    help: 'frames (the default), concise or json; into a file if one is named.',
  },
  quiet: { help: 'Report errors only.' },
  info: { help: 'List every info finding instead of one line per rule and file.' },
} as const;

/** One `--format NAME[=FILE]`. */
export interface Output {
  format: string;
  /** Absent: standard output. */
  file?: string;
}

/** @throws UsageError on an unknown format, or on two formats for standard output */
export function readOutputs(wishes: readonly string[] = ['frames']): Output[] {
  const outputs = wishes.map((wish): Output => {
    const [format = '', ...rest] = wish.split('=');
    if (!Object.hasOwn(reporters, format)) {
      throw new UsageError(`unknown format "${format}"${didYouMean(format, Object.keys(reporters))}`);
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') throw new UsageError(`--format ${wish} names no file`);
    return { format, ...(file !== '' && { file }) };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError(
      'only one format can go to standard output; give the others a file: --format json=ddlint.json',
    );
  }
  return outputs;
}

export interface OutputOptions {
  color?: true;
  'no-color'?: true;
  info?: true;
  quiet?: true;
}

/** Writes a result in every format that was asked for. */
export async function writeOutputs(
  outputs: readonly Output[],
  result: LintResult,
  options: OutputOptions,
  source: ReportContext['source'],
  io: Io,
): Promise<void> {
  const findings = result.findings.filter(({ severity }) => !options.quiet || severity === 'error');
  for (const { format, file } of outputs) {
    const reporter = await reporters[format]!();
    // NO_COLOR and terminals are about standard output; a file gets colours only by the flag.
    const color = file === undefined ? wantsColor(options, io) : options.color === true;
    const text = reporter({ ...result, findings }, { color, listInfo: options.info === true, source });
    if (file === undefined) io.out.write(text);
    else {
      const path = resolve(io.cwd, file);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      } catch (error) {
        throw new UsageError(`--format ${format}=${file} can't be written: ${(error as Error).message}`);
      }
    }
  }
}
