import type { FrontEnd, ReadContext, SourceFile } from '../../../src/frontends/front-end.js';
import { noPen } from '../../../src/frontends/no-pen.js';
import type { Comment, FileFacts, FrontEndId, Migration } from '../../../src/ir/index.js';
import { defineRule, text, type Rule } from '../../../src/rule.js';

/** Comment syntax of each fake language. */
const comments: { [Id in FrontEndId]: RegExp } = {
  sql: /--[^\r\n]*|\/\*[\s\S]*?\*\//g,
  python: /#[^\r\n]*/g,
  typescript: /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g,
  config: /#[^\r\n]*/g,
  prisma: /\/\/[^\r\n]*/g,
};

function commentsOf(source: string, id: FrontEndId): Comment[] {
  return [...source.matchAll(comments[id])].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    text: match[0].replace(/^(?:--|\/\/+|\/\*|#)\s*|\s*(?:\*\/)?$/g, ''),
    ownLine: /(?:^|[\r\n])[ \t]*$/.test(source.slice(0, match.index)),
  }));
}

/** `revision 3 follows 2` makes a migration; `revision 3` makes one that is ordered by its number. */
function migrationsOf(source: string, folder: string | undefined): Migration[] {
  return [...source.matchAll(/revision (\w+)(?: follows (\w+|nothing))?/g)].map((match) => {
    const [whole, id, parent] = match;
    const span = { start: match.index, end: match.index + whole.length };
    const body = { state: 'empty' as const, steps: [], span };
    return {
      id: id!,
      history: folder ?? '',
      runner: parent === undefined ? 'plain' : 'alembic',
      ...(parent !== undefined && { parents: parent === 'nothing' ? [] : [parent] }),
      dependsOn: [],
      branchLabels: [],
      order: [Number(id)],
      transaction: 'each',
      up: body,
      down: body,
      span,
    };
  });
}

function read(id: FrontEndId, { path, text: source }: SourceFile, context: ReadContext): FileFacts {
  if (source.includes('CRASH')) throw new Error('the fake parser crashed');
  return {
    path,
    frontend: id,
    dialect: context.dialect,
    scope: context.scope,
    tables: [],
    enums: [],
    migrations: migrationsOf(source, context.migrations?.path),
    statements: [],
    sites: [],
    usages: [...source.matchAll(/\bBAD(\d*)/g)].map((match) => ({
      kind: 'schema-sync',
      api: match[0],
      context: 'application',
      span: { start: match.index, end: match.index + match[0].length },
    })),
    comments: commentsOf(source, id),
    problems: [],
  };
}

/** A language in which the word BAD is a usage, and files without the word `data` don't matter. */
export function fakeFrontEnd(id: FrontEndId, extensions: string[], maxLength = 1_000_000): FrontEnd {
  return {
    id,
    extensions,
    maxLength,
    mayMatter: (file) => file.text.includes('data'),
    load: async () => ({ read: (file, context) => read(id, file, context), link: (files) => [...files] }),
    loadPen: async () => () => noPen,
  };
}

export const frontEnds = [
  fakeFrontEnd('sql', ['.sql']),
  fakeFrontEnd('python', ['.py']),
  fakeFrontEnd('typescript', ['.ts', '.js']),
];

const base = {
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file'],
  sources: [],
} as const;

/** Speaks of every BAD; the numbers behind it say what else the finding has. */
const badWord = defineRule({
  ...base,
  summary: 'A bad word.',
  severity: 'error',
  presetSeverity: { strict: 'warn' },
  fix: 'auto',
  messages: { bad: '{{word}} is {{adjective}}.', good: 'Make it good.' },
  options: { adjective: text('What to say of it.', 'bad') },
  *check({ facts, options }) {
    for (const { api, span } of facts.usages) {
      yield {
        message: 'bad',
        at: span,
        data: { word: api, adjective: options.adjective },
        ...(api === 'BAD1' && { severity: 'info' as const }),
        ...(api === 'BAD2' && { fix: [{ span, text: 'GOOD' }] }),
        ...(api === 'BAD3' && { suggest: { message: 'good' as const, edits: [{ span, text: 'GOOD' }] } }),
        ...(api === 'BAD4' && { related: [{ at: { start: 0, end: 4 }, message: 'the start' }] }),
      };
    }
  },
});

const quiet = defineRule({
  ...base,
  summary: 'Only in strict.',
  presets: ['strict'],
  severity: 'warn',
  sources: ['001_d0f1cd6d4864747c.txt'],
  fix: 'none',
  messages: { bad: 'quiet' },
  options: {},
  *check({ facts }) {
    for (const usage of facts.usages) yield { message: 'bad', at: usage };
  },
});

/** Speaks of every migration that has not shipped. */
const newMigration = defineRule({
  ...base,
  summary: 'A migration is new.',
  severity: 'warn',
  needs: ['history'],
  fix: 'none',
  messages: { isNew: 'Migration {{id}} is new.' },
  options: {},
  *check({ facts, project }) {
    if (project.settings.shipped.has(facts.path)) return;
    for (const { id, span } of facts.migrations) yield { message: 'isNew', at: span, data: { id } };
  },
});

const broken = defineRule({
  ...base,
  summary: 'Throws.',
  presets: [],
  severity: 'warn',
  fix: 'none',
  messages: { never: 'never' },
  options: {},
  check({ facts }) {
    throw new Error(`broken at ${facts.path}`);
  },
});

export const rules: Readonly<Record<string, Rule>> = {
  'test/bad-word': badWord,
  'test/quiet-word': quiet,
  'test/new-migration': newMigration,
  'test/broken': broken,
};
