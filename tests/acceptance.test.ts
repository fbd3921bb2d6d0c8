import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { rules } from '../rules/index.js';
import { lintFiles, type Config, type Finding } from '../src/index.js';
import { acceptanceRows, codeBlocks, type AcceptanceRow, type CodeBlock } from './support/standards.js';

const { DDLINT_STANDARDS: standards, DDLINT_ACCEPTANCE: acceptance } = process.env;
const reason = 'DDLINT_STANDARDS and DDLINT_ACCEPTANCE name no documents';

const EXTENSIONS: Record<string, string> = { python: 'py', typescript: 'ts', sql: 'sql' };

/** The file that a block stands for: its own first comment may name it (`# app/models/task.py`). */
function pathOf(block: CodeBlock): string | undefined {
  const extension = EXTENSIONS[block.language];
  if (extension === undefined) return undefined;
  const named = /^(?:#|\/\/|--)\s*([\w./-]+\.(?:py|ts|sql))\s*$/.exec(block.lines[0] ?? '')?.[1];
  // A directory for each block: two blocks may name the same file.
  return `block${block.firstLine}/${named ?? `example.${extension}`}`;
}

function uncommented(lines: string[], block: CodeBlock, row: AcceptanceRow): string[] {
  if (!row.uncomment) return lines;
  return lines.map((line, index) => {
    const number = block.firstLine + index;
    return row.ranges.some(([from, to]) => number >= from && number <= to) ? line.replace(/^(\s*)# ?/, '$1') : line;
  });
}

function configFor(row: AcceptanceRow): Config {
  const extended = row.presets.some((preset) => preset === 'online') ? ['strict', 'online'] : ['strict'];
  const dialect = /MySQL/.test(row.snippet) ? 'mysql' : /SQLite/.test(row.snippet) ? 'sqlite' : 'postgresql';
  return { extends: row.rule === undefined ? ['recommended'] : extended, dialect };
}

/** Findings by the document's own line numbers: each block alone, then all blocks as one program. */
async function findingsOf(row: AcceptanceRow): Promise<{ line: number; finding: Finding }[]> {
  const blocks = codeBlocks(readFileSync(join(standards!, row.seed), 'utf8')).flatMap((block) => {
    const path = pathOf(block);
    return path === undefined ? [] : [{ block, path, text: uncommented(block.lines, block, row).join('\n') + '\n' }];
  });
  const inRow = blocks.filter(({ block }) =>
    row.ranges.some(([from, to]) => from >= block.firstLine && to < block.firstLine + block.lines.length),
  );
  const programs = [inRow, ...(row.rule === undefined ? [] : [blocks])];
  const found: { line: number; finding: Finding }[] = [];
  for (const program of programs) {
    const files = Object.fromEntries(program.map(({ path, text }) => [path, text]));
    const { findings } = await lintFiles(files, { config: configFor(row) });
    for (const finding of findings) {
      const block = program.find(({ path }) => path === finding.path)!.block;
      found.push({ line: block.firstLine + finding.line - 1, finding });
    }
  }
  return found;
}

const within = (row: AcceptanceRow, line: number): boolean =>
  row.ranges.some(([from, to]) => line >= from && line <= to);

describe.skipIf(!standards || !acceptance)(
  `what the standards' own examples must show (skipped where ${reason})`,
  () => {
    const rows = standards && acceptance ? acceptanceRows(readFileSync(acceptance, 'utf8')) : [];
    const expected = rows.filter((row) => row.rule !== undefined);

    it('reads the tables', () => {
      expect(expected.length).toBeGreaterThan(100);
      expect(rows.length - expected.length).toBeGreaterThan(20);
    });

    for (const row of expected) {
      const title = `${row.seed}:${row.ranges.join(' ')} ${row.rule} (${row.snippet})`;
      // A rule that does not exist yet makes its rows pending; once it exists they must hold.
      it.skipIf(!(row.rule! in rules))(title, async () => {
        const found = await findingsOf(row);
        expect(found.filter(({ line, finding }) => finding.rule === row.rule && within(row, line))).not.toEqual([]);
      });
    }

    for (const row of rows.filter((each) => each.rule === undefined)) {
      it(`${row.seed}:${row.ranges.join(' ')} stays silent (${row.snippet})`, async () => {
        const found = await findingsOf(row);
        const said = found.filter(
          ({ line, finding }) =>
            within(row, line) &&
            // Missing documentation is an invitation, not a mistake: it is informed of, and its own rows say where.
            finding.severity !== 'info' &&
            !expected.some((each) => each.seed === row.seed && each.rule === finding.rule && within(each, line)),
        );
        expect(said.map(({ line, finding }) => `${line} ${finding.rule}`)).toEqual([]);
      });
    }
  },
);
