/** A fenced code block of a document, its lines at the numbers that they have there. */
export interface CodeBlock {
  language: string;
  /** Line of the document (from 1) that is the block's first line. */
  firstLine: number;
  lines: string[];
}

/** Reads the fenced blocks of a Markdown text, indentation of the fence removed. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { block: CodeBlock; indent: number } | undefined;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const fence = /^(\s*)```(\w*)/.exec(line);
    if (open && fence) {
      blocks.push(open.block);
      open = undefined;
    } else if (open) {
      open.block.lines.push(line.slice(0, open.indent).trim() === '' ? line.slice(open.indent) : line);
    } else if (fence) {
      open = { block: { language: fence[2]!, firstLine: index + 2, lines: [] }, indent: fence[1]!.length };
    }
  }
  return blocks;
}

/** One row of a table that says what must be found where. */
export interface AcceptanceRow {
  seed: string;
  /** Line ranges of the document, inclusive. */
  ranges: [number, number][];
  snippet: string;
  /** Rule id; absent where the lines must stay silent. */
  rule?: string;
  presets: string[];
  uncomment: boolean;
}

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function ranges(text: string): [number, number][] {
  return [...text.matchAll(/(\d+)(?:-(\d+))?/g)].map((match) => [Number(match[1]), Number(match[2] ?? match[1])]);
}

/** The three tables of the acceptance page: found, found when uncommented, silent. */
export function acceptanceRows(page: string): AcceptanceRow[] {
  const rows: AcceptanceRow[] = [];
  let section = '';
  for (const line of page.split(/\r?\n/)) {
    if (line.startsWith('#')) section = line;
    if (!/^\|.*\.txt \|/.test(line)) continue;
    const row = cells(line);
    if (row.length >= 6) {
      const [, seed, where, snippet, rule, , presets] = row as [string, string, string, string, string, string, string];
      const expected = rule.startsWith('-') ? {} : { rule };
      rows.push({
        seed,
        ranges: ranges(where),
        snippet,
        ...expected,
        presets: (presets ?? '').split(', '),
        uncomment: false,
      });
    } else if (section.includes('WRONG')) {
      const [seed, where, snippet, rule] = row as [string, string, string, string];
      rows.push({ seed, ranges: ranges(where), snippet, rule, presets: ['strict'], uncomment: true });
    } else {
      const [seed, where, snippet, note] = row as [string, string, string, string];
      rows.push({
        seed,
        ranges: ranges(where),
        snippet: `${snippet}. ${note}`,
        presets: ['recommended'],
        uncomment: false,
      });
    }
  }
  return rows;
}
