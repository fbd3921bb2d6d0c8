import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { rules } from '../rules/index.js';
import { lintFiles, type Config, type Finding } from '../src/index.js';
import { acceptanceRows, codeBlocks, type AcceptanceRow, type CodeBlock } from './support/standards.js';
import { revisionsOf } from './support/revision-commands.js';

const { DDLINT_STANDARDS: standards, DDLINT_ACCEPTANCE: acceptance } = process.env;
const reason = 'DDLINT_STANDARDS and DDLINT_ACCEPTANCE name no documents';

const EXTENSIONS: Record<string, string> = { python: 'py', typescript: 'ts', sql: 'sql', ini: 'ini' };

/** A file of a program, and the line of the document that each of its lines is. */
interface Listing {
  path: string;
  lines: string[];
  numbers: number[];
}

/** What rows take for granted and the documents do not show: the rows' own words, as files. */
const unseen: Record<string, Record<string, string>> = {
  // "integer user.id"
  '002_7a51ca8b5657ab8c.txt': {
    'unseen/user.py': `from sqlmodel import Field, Relationship, SQLModel


class User(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    email: str
    tasks: list["Task"] = Relationship(back_populates="user")
`,
    // "model UserTask (usertask)", imported at line 86
    'unseen/user_task.py': `from sqlmodel import Field, SQLModel


class UserTask(SQLModel, table=True):
    user_id: int = Field(foreign_key="user.id", primary_key=True)
    task_id: int = Field(foreign_key="task.id", primary_key=True)
`,
  },
  // "Post has none (if Post visible)"
  '004_9452bc49d0f85f35.txt': {
    'unseen/post.py': `from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from document.example import Base


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
`,
  },
};

/** The line of a document that stands for a file of these. */
const importedAt: Record<string, number> = { '002_7a51ca8b5657ab8c.txt unseen/user_task.py': 86 };

const within = (row: AcceptanceRow, line: number): boolean =>
  row.ranges.some(([from, to]) => line >= from && line <= to);

const comment = /^(\s*)# ?/;
const column = /^(\w+) = Column\(/;

/**
 * A block without the comment signs of the row's lines. A column that was commented out stands in the body of the class
 * above it, instead of the one that shows how to do it right.
 */
function uncommented(block: CodeBlock, row: AcceptanceRow): CodeBlock {
  if (!row.uncomment) return block;
  const isMeant = (index: number): boolean => within(row, block.firstLine + index);
  const bare = block.lines.map((line, index) => (isMeant(index) ? line.replace(comment, '$1') : line));
  const columns = new Set(bare.flatMap((line, index) => (isMeant(index) && column.exec(line)?.[1]) || []));
  const lines = bare.map((line, index) => {
    if (isMeant(index)) return column.test(line) ? `    ${line}` : line;
    return columns.has(/^ +(\w+):/.exec(line)?.[1] ?? '') ? '' : line;
  });
  return { ...block, lines };
}

/** A block as a file; its own first comment may name it (`# app/models/task.py`), in a folder for each block. */
function listing(block: CodeBlock, row: AcceptanceRow): Listing {
  const named = /^(?:#|\/\/|--)\s*([\w./-]+\.(?:py|ts|sql))\s*$/.exec(block.lines[0] ?? '')?.[1];
  const numbers = block.lines.map((_, index) => block.firstLine + index);
  const { lines } = uncommented(block, row);
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

/** Revisions that a row speaks of and the document does not write out, with the line that each of their lines stands for. */
const meant: Record<string, (line: (number: number) => string) => [path: string, text: string, number: number][]> = {
  // "Revision ID … once used as revision"
  '001_d0f1cd6d4864747c.txt:170': (line) => [
    ['meant/versions/a.py', `revision = "${/Revision ID: (\S+)/.exec(line(170))![1]!}"`, 170],
    ['meant/versions/a.py', 'down_revision = None', 171],
    ['meant/versions/a.py', line(178).trim(), 178],
    ['meant/versions/a.py', line(179), 179],
  ],
  // "second down_revision = None"
  '001_d0f1cd6d4864747c.txt:290': (line) => [
    ['meant/versions/a.py', "revision = 'def456'", 0],
    ['meant/versions/a.py', 'down_revision = None', 0],
    ['meant/versions/a.py', 'def upgrade(): op.drop_table("a")', 0],
    ['meant/versions/c.py', "revision = 'ghi789'", 0],
    ['meant/versions/c.py', "down_revision = 'def456'", 0],
    ['meant/versions/c.py', 'def upgrade(): op.drop_table("c")', 0],
    ['meant/versions/b.py', line(285).replace(/^\s*# /, ''), 285],
    ['meant/versions/b.py', line(290).replace(/^\s*# /, ''), 290],
    ['meant/versions/b.py', 'def upgrade(): op.drop_table("b")', 0],
  ],
};

/** The files that a row speaks of and that no block is. */
function meantBy(row: AcceptanceRow, document: string): Listing[] {
  const lines = document.split('\n');
  const files = new Map<string, Listing>();
  for (const [path, text, number] of meant[`${row.seed}:${row.ranges[0]![0]}`]?.((at) => lines[at - 1]!) ?? []) {
    const file = files.get(path) ?? { path, lines: [], numbers: [] };
    files.set(path, file);
    file.lines.push(text);
    file.numbers.push(number);
  }
  return [...files.values()];
}

function configFor(row: AcceptanceRow): Config {
  const extended: Config['extends'] = row.presets.includes('online') ? ['strict', 'online'] : ['strict'];
  // What only other databases ask for is warned of where the dialect is not known.
  const usual =
    row.rule !== undefined && /missing-existing-type|index-drop-without-table/.test(row.rule)
      ? 'unknown'
      : 'postgresql';
  const dialect = /MySQL/.test(row.snippet) ? 'mysql' : /SQLite/.test(row.snippet) ? 'sqlite' : usual;
  return { extends: row.rule === undefined ? ['recommended'] : extended, dialect };
}

/** A shell block's commands as the revisions that they write. */
const written = (block: CodeBlock): Listing[] =>
  revisionsOf(block).map(({ path, lines, line }) => ({ path, lines, numbers: lines.map(() => line) }));

/**
 * Findings by the document's own line numbers: the row's block alone, all blocks as files, all blocks as one file, and
 * those up to the row's as one, as a reader has met them by then.
 */
async function findingsOf(row: AcceptanceRow): Promise<{ line: number; finding: Finding }[]> {
  const document = readFileSync(join(standards!, row.seed), 'utf8');
  const all = codeBlocks(document);
  const blocks = all.filter(({ language }) => language in EXTENSIONS);
  const listings = blocks.map((block) => listing(block, row));
  const holds = ({ numbers }: Listing): boolean => numbers.some((line) => within(row, line));
  const commands = all
    .filter(({ language }) => language === 'bash')
    .flatMap((block) => written(uncommented(block, row)));
  const alone = [...listings, ...commands].filter(holds);
  const python = listings.filter((_, index) => blocks[index]!.language === 'python');
  const known = python.slice(0, python.findLastIndex(holds) + 1);
  const programs =
    row.rule === undefined ? [alone] : [alone, listings, [joined(python)], [joined(known)], meantBy(row, document)];
  const found: { line: number; finding: Finding }[] = [];
  for (const program of programs) {
    const context = row.rule === undefined ? {} : unseen[row.seed];
    const files = Object.fromEntries(program.map(({ path, lines }) => [path, lines.join('\n') + '\n']));
    const { findings } = await lintFiles({ ...context, ...files }, { config: configFor(row) });
    for (const finding of findings) {
      const from = program.find(({ path }) => path === finding.path);
      // What is said of the context is no finding in the document.
      if (from !== undefined) found.push({ line: from.numbers[finding.line - 1] ?? 0, finding });
      const line = importedAt[`${row.seed} ${finding.path}`];
      if (line !== undefined) found.push({ line, finding });
      // A mistake that shows in two places is reported once, and points to the other.
      for (const { path, line, endLine } of row.rule === undefined ? [] : finding.related) {
        const numbers = program.find((each) => each.path === path)?.numbers.slice(line - 1, endLine) ?? [];
        for (const number of numbers) found.push({ line: number, finding });
      }
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
