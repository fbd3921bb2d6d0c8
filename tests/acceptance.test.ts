import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { rules } from '../rules/index.js';
import { lintFiles, type Config, type Finding } from '../src/index.js';
import { acceptanceRows, codeBlocks, type AcceptanceRow, type CodeBlock } from './support/standards.js';

const { DDLINT_STANDARDS: standards, DDLINT_ACCEPTANCE: acceptance } = process.env;
const reason = 'DDLINT_STANDARDS and DDLINT_ACCEPTANCE name no documents';

const EXTENSIONS: Record<string, string> = { python: 'py', typescript: 'ts', sql: 'sql', ini: 'ini' };

/** A file of a program, and the line of the document that each of its lines is. */
interface Listing {
  path: string;
  lines: string[];
  numbers: number[];
}

const within = (row: AcceptanceRow, line: number): boolean =>
  row.ranges.some(([from, to]) => line >= from && line <= to);

/** A block as a file; its own first comment may name it (`# app/models/task.py`), in a folder for each block. */
function listing(block: CodeBlock, row: AcceptanceRow): Listing {
  const named = /^(?:#|\/\/|--)\s*([\w./-]+\.(?:py|ts|sql))\s*$/.exec(block.lines[0] ?? '')?.[1];
  const numbers = block.lines.map((_, index) => block.firstLine + index);
  const lines = block.lines.map((line, index) =>
    row.uncomment && within(row, numbers[index]!) ? line.replace(/^(\s*)# ?/, '$1') : line,
  );
  return { path: `block${block.firstLine}/${named ?? `example.${EXTENSIONS[block.language]}`}`, lines, numbers };
}

/**
 * The blocks of one language in one file: neighbours give imports and base classes. A block that shows a piece of a
 * class body belongs to the class above it.
 */
function joined(listings: Listing[]): Listing {
  return {
    path: 'document/example.py',
    lines: listings.flatMap(({ lines }) =>
      lines[0]?.startsWith('__table_args__') ? lines.map((line) => `    ${line}`) : lines,
    ),
    numbers: listings.flatMap(({ numbers }) => numbers),
  };
}

function configFor(row: AcceptanceRow): Config {
  const extended: Config['extends'] = row.presets.includes('online') ? ['strict', 'online'] : ['strict'];
  const dialect = /MySQL/.test(row.snippet) ? 'mysql' : /SQLite/.test(row.snippet) ? 'sqlite' : 'postgresql';
  return { extends: row.rule === undefined ? ['recommended'] : extended, dialect };
}

/** Findings by the document's own line numbers: the row's block alone, all blocks as files, all blocks as one file. */
async function findingsOf(row: AcceptanceRow): Promise<{ line: number; finding: Finding }[]> {
  const blocks = codeBlocks(readFileSync(join(standards!, row.seed), 'utf8')).filter(
    ({ language }) => language in EXTENSIONS,
  );
  const listings = blocks.map((block) => listing(block, row));
  const alone = listings.filter(({ numbers }) => numbers.some((line) => within(row, line)));
  const python = listings.filter((_, index) => blocks[index]!.language === 'python');
  const programs = row.rule === undefined ? [alone] : [alone, listings, [joined(python)]];
  const found: { line: number; finding: Finding }[] = [];
  for (const program of programs) {
    const files = Object.fromEntries(program.map(({ path, lines }) => [path, lines.join('\n') + '\n']));
    const { findings } = await lintFiles(files, { config: configFor(row) });
    for (const finding of findings) {
      const { numbers } = program.find(({ path }) => path === finding.path)!;
      found.push({ line: numbers[finding.line - 1] ?? 0, finding });
    }
  }
  return found;
}

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
