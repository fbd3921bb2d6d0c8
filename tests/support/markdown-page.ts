import type { FrontEndId } from '../../src/ir/index.js';

/** One fenced block: a file of an example, or settings for the examples below it. */
interface Fence {
  language: string;
  /** The file's path inside the example's project. */
  title?: string;
  /** `shipped`, `edited` or `edited comments` behind the title. */
  standing?: string;
  /** `options` or `config` on a json fence. */
  role?: 'options' | 'config';
  text: string;
  /** Line of the page, from 1, that the first line of `text` stands on. */
  line: number;
}

interface ExampleFile {
  path: string;
  text: string;
  /** Line of the page that the file's first line stands on. */
  line: number;
}

/** A small project with the settings it is linted under. */
export interface Example {
  section: Section;
  /** The `###` heading above it; empty for none. */
  heading: string;
  files: ExampleFile[];
  frontends: FrontEndId[];
  options: { [name: string]: unknown };
  config: { [key: string]: unknown };
  /** Paths of the files that have shipped, and of those that have with another content. */
  shipped: string[];
  edited: [string, 'code' | 'comments'][];
  line: number;
}

export interface RulePage {
  /** Relative to the repository, POSIX. */
  path: string;
  /** `<family>/<name>`. */
  rule: string;
  examples: Example[];
  /** What is wrong with the page itself, each with its line. */
  problems: string[];
}

const sections = ['Incorrect', 'Correct', 'Options', 'Fixed'] as const;
type Section = (typeof sections)[number];

/** Language of a fence: the front end that reads it, and the path of a file without a title. */
const languages: { [language: string]: { frontend: FrontEndId; path: string } | undefined } = {
  sql: { frontend: 'sql', path: 'example.sql' },
  python: { frontend: 'python', path: 'example.py' },
  py: { frontend: 'python', path: 'example.py' },
  typescript: { frontend: 'typescript', path: 'example.ts' },
  ts: { frontend: 'typescript', path: 'example.ts' },
  prisma: { frontend: 'prisma', path: 'schema.prisma' },
  ini: { frontend: 'config', path: 'alembic.ini' },
  toml: { frontend: 'config', path: 'pyproject.toml' },
  json: { frontend: 'config', path: '_journal.json' },
};

interface Group {
  section?: Section;
  heading: string;
  fences: Fence[];
}

function groupsOf(page: string): Group[] {
  const groups: Group[] = [];
  let group: Group = { heading: '', fences: [] };
  let open: { fence: Fence; marker: string; lines: string[] } | undefined;
  page.split('\n').forEach((line, index) => {
    if (open) {
      if (line.trimEnd() !== open.marker) return void open.lines.push(line);
      open.fence.text = `${open.lines.join('\n')}\n`;
      group.fences.push(open.fence);
      open = undefined;
      return;
    }
    const fence = /^(`{3,})([\w-]*)\s*(.*)$/.exec(line);
    if (fence) {
      const [, marker, language, info] = fence as unknown as [string, string, string, string];
      const title = /\btitle="([^"]+)"/.exec(info)?.[1];
      const standing = /"\s+(shipped|edited(?: comments)?)\s*$/.exec(info)?.[1];
      const role = language === 'json' ? /^(options|config)\b/.exec(info)?.[1] : undefined;
      open = {
        marker,
        lines: [],
        fence: {
          language,
          text: '',
          line: index + 2,
          ...(standing !== undefined && { standing }),
          ...(title !== undefined && { title }),
          ...(role !== undefined && { role: role as 'options' | 'config' }),
        },
      };
      return;
    }
    const heading = /^(#{2,3}) (.+?)\s*$/.exec(line) as [string, string, string] | null;
    if (!heading) return;
    const section = heading[1] === '##' ? sections.find((name) => name === heading[2]) : group.section;
    group = { heading: heading[1] === '##' ? '' : heading[2], fences: [], ...(section && { section }) };
    groups.push(group);
  });
  return groups;
}

/**
 * Reads a rule's page. Fences with a title under one heading are the files of one project, a fence without a title is
 * a project of its own; `json options` and `json config` hold for what follows under the same heading.
 * @param path `rules/<family>/<name>.md`
 */
export function readPage(path: string, page: string): RulePage {
  const rule = path.replace(/^rules\//, '').replace(/\.md$/, '');
  const result: RulePage = { path, rule, examples: [], problems: [] };
  for (const { section, heading, fences } of groupsOf(page.replaceAll('\r\n', '\n'))) {
    if (!section) continue;
    let settings: Pick<Example, 'options' | 'config'> = { options: {}, config: {} };
    let titled: Example | undefined;
    for (const { language, title, role, text, line, standing } of fences) {
      if (role) {
        try {
          settings = { ...settings, [role]: JSON.parse(text) as object };
        } catch (error) {
          result.problems.push(`${path}:${line}: not JSON: ${(error as Error).message}`);
        }
        continue;
      }
      const known = languages[language];
      if (!known && title === undefined) {
        result.problems.push(`${path}:${line}: a fence here needs a language that ddlint reads, or a title="path"`);
        continue;
      }
      const example: Example =
        title !== undefined && titled
          ? titled
          : { section, heading, files: [], frontends: [], shipped: [], edited: [], ...settings, line };
      example.files.push({ path: title ?? known!.path, text, line });
      if (standing === 'shipped') example.shipped.push(title!);
      else if (standing) example.edited.push([title!, standing === 'edited' ? 'code' : 'comments']);
      if (known && !example.frontends.includes(known.frontend)) example.frontends.push(known.frontend);
      if (example !== titled) result.examples.push(example);
      if (title !== undefined) titled = example;
    }
  }
  return result;
}
