import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { root } from './support/rule-pages.js';

const eslint = new ESLint({ cwd: root });

/** What the project's own configuration says of a file with this text. */
async function messages(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return result!.messages.map(({ message }) => message);
}

const importing = (from: string): string => `import { something } from '${from}';\n\nexport const value = something;\n`;

describe('the import law', () => {
  test.each([
    ['src/ir/planted.ts', '../rule.js', 'ir'],
    ['src/ir/planted.ts', '../queries/names.js', 'ir'],
    ['src/queries/planted.ts', '../engine/finding.js', 'queries and rule.ts'],
    ['src/queries/planted.ts', '../frontends/front-end.js', 'queries and rule.ts'],
    ['src/rule.ts', './engine/finding.js', 'queries and rule.ts'],
    ['rules/naming/planted.ts', '../../src/engine/lint.js', 'rules'],
    ['rules/naming/planted.ts', '../../src/frontends/sql/embedded.js', 'rules'],
    ['src/cli/planted.ts', '../eslint/index.js', 'cli'],
    ['src/frontends/sql/planted.ts', '../python/front-end.js', 'sql front end'],
    ['src/frontends/sql/planted.ts', '../../queries/names.js', 'sql front end'],
    ['src/frontends/python/planted.ts', '../typescript/front-end.js', 'python front end'],
    ['src/frontends/python/planted.ts', '../../rule.js', 'python front end'],
    ['src/frontends/typescript/planted.ts', '../python/front-end.js', 'typescript front end'],
    ['src/frontends/python/planted.ts', '../config/packages.js', 'python front end'],
    ['src/frontends/config/planted.ts', '../python/front-end.js', 'config front end'],
    ['src/frontends/config/planted.ts', '../../config/load.js', 'config front end'],
    ['src/engine/planted.ts', '../frontends/sql/embedded.js', 'engine'],
    ['src/engine/planted.ts', '../frontends/config/packages.js', 'engine'],
    ['src/engine/planted.ts', '../../rules/naming/reserved-word.js', 'engine'],
    ['src/engine/planted.ts', '../cli/main.js', 'engine'],
    ['src/reporters/planted.ts', '../eslint/index.js', 'engine'],
    ['src/eslint/planted.ts', '../cli/main.js', 'eslint'],
  ])('%s may not import %s', async (path, from, layer) => {
    const said = await messages(path, importing(from));
    expect(said).toEqual([
      expect.stringContaining(`The import law (docs/architecture.md) does not let ${layer} import`),
    ]);
  });

  test.each([
    ['src/ir/planted.ts', './span.js'],
    ['src/queries/planted.ts', '../ir/index.js'],
    ['src/queries/planted.ts', '../rule.js'],
    ['rules/naming/planted.ts', '../../src/queries/names.js'],
    ['rules/naming/planted.ts', '../../src/rule.js'],
    ['src/frontends/python/planted.ts', '../sql/embedded.js'],
    ['src/frontends/typescript/planted.ts', '../../ir/index.js'],
    ['src/frontends/config/planted.ts', './packages.js'],
    ['src/engine/planted.ts', '../frontends/front-end.js'],
    ['src/engine/planted.ts', '../config/load.js'],
    ['src/config/planted.ts', './load.js'],
    ['src/eslint/planted.ts', '../engine/lint.js'],
    ['src/cli/planted.ts', '../engine/lint.js'],
  ])('%s may import %s', async (path, from) => {
    expect(await messages(path, importing(from))).toEqual([]);
  });
});
