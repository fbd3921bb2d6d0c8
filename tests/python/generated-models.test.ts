import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { expectedLines, judged } from './oracle/expected.js';
import { factLines, linkFiles } from './oracle/facts.js';
import { packages, type Package, type Style } from './oracle/models.js';
import { built, sqlalchemyVersion, typeOf } from './oracle/sqlalchemy.js';

/** More by hand: RUNS=2000 FC_SEED=1. */
const numRuns = Number(process.env['RUNS'] ?? 100);
const parameters = { numRuns, ...(process.env['FC_SEED'] && { seed: Number(process.env['FC_SEED']) }) };
const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite'];

const version = sqlalchemyVersion();
const styles: Style[] = version?.startsWith('1.') ? ['classic'] : ['classic', 'typed'];

function write(folder: string, files: Package): string {
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** What differs, with the models that it differs on. */
function differences(name: string, files: Package, answer: ReturnType<typeof built>[string]): string[] {
  if ('error' in answer) return [];
  return dialects.flatMap((dialect) => {
    const given = Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]));
    const wanted = expectedLines(answer, dialect, (compiled) => typeOf(compiled, dialect));
    const [expected, facts] = [judged(wanted, wanted), judged(factLines(linkFiles(given, dialect), dialect), wanted)];
    return [
      ...expected.filter((line) => !facts.includes(line)).map((line) => `${name} ${dialect} wants: ${line}`),
      ...facts.filter((line) => !expected.includes(line)).map((line) => `${name} ${dialect} reads: ${line}`),
    ];
  });
}

describe.skipIf(version === undefined)(`SQLAlchemy ${version ?? '(skipped: there is none)'}`, () => {
  test.each(styles)(
    'generated models, %s, are read as it builds them',
    (style) => {
      const made = fc.sample(packages(style), parameters);
      const folder = mkdtempSync(join(tmpdir(), 'ddlint-models-'));
      try {
        const names = made.map((_, at) => `p${String(at)}`);
        const answers = built(made.map((files, at) => write(join(folder, names[at]!), files)));
        const errors = names.flatMap((name) => {
          const answer = answers[name]!;
          return 'error' in answer ? [answer.error] : [];
        });
        expect(made.flatMap((files, at) => differences(names[at]!, files, answers[names[at]!]!))).toEqual([]);
        // Most packages are such that SQLAlchemy takes them.
        expect(errors.length, errors.slice(0, 5).join('\n')).toBeLessThan(numRuns / 5);
      } finally {
        if (process.env['KEEP'] === undefined) rmSync(folder, { recursive: true });
      }
    },
    600_000,
  );
});
