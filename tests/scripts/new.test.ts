import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../support/rule-pages.js';

test.each([
  ['naming', 'Usage: npm run new <family>/<rule-name>'],
  ['Naming/Odd', 'Usage: npm run new <family>/<rule-name>'],
  ['oddities/thing', 'oddities is no family'],
  ['naming/no-thing', 'reads well after "allow"'],
  ['naming/reserved-word', 'rules/naming/reserved-word.ts is there already.'],
])('npm run new %s is refused', (id, reason) => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/new.ts', id], { cwd: root, encoding: 'utf8' });
  expect(run.stderr).toContain(reason);
  expect(run.status).toBe(2);
});
