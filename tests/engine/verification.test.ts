import { expect, test } from 'vitest';
import type { FrontEnd } from '../../src/frontends/front-end.js';
import type { FileFacts, Statement } from '../../src/ir/index.js';
import { createLinter } from '../../src/engine/lint.js';
import type { Config } from '../../src/config/config.js';
import { defineRule } from '../../src/rule.js';
import { fakeFrontEnd } from './support/fakes.js';

const span = { start: 0, end: 1 };

function statement(children: Statement[] = []): Statement {
  return {
    dialect: 'postgresql',
    span,
    text: 'x',
    verb: 'X',
    provenance: 'shape',
    partial: false,
    operations: [],
    reads: [],
    writes: [],
    where: 'n/a',
    inTransaction: 'unknown',
    holes: [],
    children,
    problems: [],
  };
}

/** A language whose files hold one statement, with one inside of it, and whose grammar refuses files named bad. */
function verifying(seen: Statement[]): FrontEnd {
  const plain = fakeFrontEnd('sql', ['.sql']);
  return {
    ...plain,
    async load() {
      const reader = await plain.load();
      const withStatement = (facts: FileFacts): FileFacts => ({ ...facts, statements: [statement([statement()])] });
      return { ...reader, read: (file, context) => withStatement(reader.read(file, context)) };
    },
    async loadVerifier(dialects) {
      expect([...dialects]).toEqual(['postgresql']);
      return (statements) => {
        for (const each of statements) {
          seen.push(each);
          each.provenance = 'ast';
        }
      };
    },
  };
}

const wantsAst = defineRule({
  summary: 'Says how statements were read.',
  severity: 'warn',
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['sql'],
  needs: ['sql-ast'],
  fix: 'none',
  sources: [],
  messages: { read: '{{provenance}}' },
  options: {},
  *check({ facts }) {
    for (const each of facts.statements) yield { message: 'read', at: each, data: { provenance: each.provenance } };
  },
});

async function run(config: Config): Promise<{ seen: number; messages: string[]; counts: object }> {
  const seen: Statement[] = [];
  const linter = createLinter({ rules: { 'test/wants-ast': wantsAst }, frontEnds: [verifying(seen)] });
  const { findings, summary } = await linter.lintFiles({ 'a.sql': 'data', 'x/b.sql': 'data' }, { config });
  return { seen: seen.length, messages: findings.map(({ message }) => message), counts: summary.statements };
}

test('outermost statements are confirmed before the rules run', async () => {
  expect(await run({})).toEqual({
    seen: 2,
    messages: ['ast', 'ast'],
    counts: { ast: 2, shape: 2, target: 0, opaque: 0 },
  });
});

test('only those of files in which a rule asks for it', async () => {
  const overrides = [{ files: 'x/**', rules: { 'test/wants-ast': 'off' as const } }];
  expect(await run({ overrides })).toMatchObject({ seen: 1, messages: ['ast'] });
  expect(await run({ extends: [] })).toMatchObject({ seen: 0, messages: [] });
});
