import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scratch } from '../engine/support/scratch.js';
import { eslintCommand, installed } from './support/installed.js';

const ddlint = await installed();

const module = `import ddlint from 'ddlint/eslint';\nexport default ddlint.configs.recommended;\n`;
const unlimited = {
  'a.sql': 'UPDATE a SET n = 1;\n',
  'b.sql': 'UPDATE b SET n = 1;\n',
  'plain.js': 'export const a = 1;\n',
};

/** Writes down every worker thread that a process starts, and every question that it is asked. */
const watcher = `const threads = require('node:worker_threads');
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, ...rest) {
    process.stderr.write('worker started: ' + file + '\\n');
    super(file, ...rest);
  }
  postMessage(...message) {
    process.stderr.write('worker asked\\n');
    super.postMessage(...message);
  }
};
require('node:module').syncBuiltinESMExports();
`;

const watched = (project: Scratch): { env: NodeJS.ProcessEnv } => ({
  env: { ...process.env, NODE_OPTIONS: `--require ${project.file('watch.cjs')}` },
});

describe("ESLint's command with ddlint", () => {
  it.each<[string, { [path: string]: string }]>([
    ['an ES module', { 'eslint.config.mjs': module }],
    ['CommonJS', { 'eslint.config.cjs': `module.exports = require('ddlint/eslint').configs.recommended;\n` }],
    [
      'an ES module with the helper',
      { 'eslint.config.mjs': `import ddlint from 'ddlint/eslint';\nexport default ddlint.config();\n` },
    ],
  ])('lints with a configuration in %s, and ends by itself', async (_, config) => {
    const project = ddlint.project({ ...unlimited, ...config });
    const { code, stdout, stderr } = await eslintCommand(project, ['.', '--format', 'json']);
    expect(stderr).toBe('');
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId }) => `${filePath.slice(project.path.length + 1)} ${ruleId}`),
    );
    expect(found).toEqual([
      'a.sql ddlint/destructive/update-without-where',
      'b.sql ddlint/destructive/update-without-where',
    ]);
    // Warnings only.
    expect(code).toBe(0);
  });

  it('starts no worker for files in which nothing belongs to the data layer, and one for all others', async () => {
    const project = ddlint.project({
      ...unlimited,
      'eslint.config.mjs': module,
      'watch.cjs': watcher,
      'plain.py': 'print(1)\n',
    });
    const args = ['--no-warn-ignored', '--format', 'json'];
    const plain = await eslintCommand(project, ['plain.js', 'plain.py', ...args], watched(project));
    expect({ code: plain.code, stderr: plain.stderr }).toEqual({ code: 0, stderr: '' });
    const data = await eslintCommand(project, ['.', ...args], watched(project));
    expect(data.stderr.match(/worker started: .*/g)).toEqual([
      expect.stringMatching(/node_modules\/ddlint\/dist\/src\/eslint\/worker\.js$/),
    ]);
  });

  it('gives up on a worker that does not answer, says so once per file, and asks it no more', async () => {
    const project = ddlint.project({
      ...unlimited,
      'eslint.config.mjs': `import ddlint from 'ddlint/eslint';\nexport default ddlint.config({ timeout: 1500 });\n`,
      'watch.cjs': watcher,
      // Reading this configuration never ends.
      'ddlint.config.mjs': 'for (;;);\n',
    });
    const args = ['a.sql', 'b.sql', '--format', 'json'];
    const { stdout, stderr } = await eslintCommand(project, args, watched(project));
    const results = JSON.parse(stdout) as { messages: { message: string; line: number }[] }[];
    expect(results.map(({ messages }) => messages.map(({ message }) => message))).toEqual([
      [expect.stringContaining('its worker did not answer within 1500 ms')],
      [expect.stringContaining('its worker did not answer within 1500 ms')],
    ]);
    expect(stderr.match(/worker (?:started|asked)/g)).toEqual(['worker started', 'worker asked']);
  });

  it('drops what it cached when another file of the data layer changes', async () => {
    const project = ddlint.project({
      'package.json': '{ "dependencies": { "pg": "8" } }',
      'eslint.config.mjs': `import ddlint from 'ddlint/eslint';\nexport default ddlint.config();\n`,
      'schema.sql':
        'CREATE TABLE customer (id bigint PRIMARY KEY);\nCREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n',
      'indexes.sql': 'CREATE INDEX ON invoice (customer_id);\n',
    });
    const lint = async (): Promise<string> => (await eslintCommand(project, ['schema.sql', '--cache'])).stdout;
    expect(await lint()).toBe('');
    writeFileSync(project.file('indexes.sql'), 'SELECT 1;\n');
    expect(await lint()).toContain('ddlint/indexing/unindexed-foreign-key');
  });

  it('works from a folder inside the project, with the configuration of the folder above', async () => {
    const project = ddlint.project({
      'eslint.config.mjs': module,
      'ddlint.config.json':
        '{ "overrides": [{ "files": "db/old/**", "rules": { "destructive/update-without-where": "off" } }] }',
      'db/old/a.sql': 'UPDATE a SET n = 1;\n',
      'db/new/a.sql': 'UPDATE a SET n = 1;\n',
    });
    const { stdout } = await eslintCommand(project, ['.', '--format', 'json'], { cwd: project.file('db') });
    const results = JSON.parse(stdout) as { filePath: string; messages: unknown[] }[];
    const counts = results.map(({ filePath, messages }) => [filePath.slice(project.path.length + 1), messages.length]);
    expect(counts).toEqual([
      ['db/new/a.sql', 1],
      ['db/old/a.sql', 0],
    ]);
  });
});
