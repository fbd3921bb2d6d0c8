import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/rule-files.js';
import { ruleTemplate } from './lib/rule-template.js';

// npm run new <family>/<id>: the two files of a rule, from a template whose test fails until the rule is written.

const families = [
  'documentation',
  'naming',
  'indexing',
  'schema',
  'destructive',
  'locking',
  'migration',
  'injection',
  'orm',
  'config',
  'drift',
];

function refusal(id: string): string | undefined {
  const [family = '', name = ''] = id.split('/');
  if (!/^[a-z]+\/[a-z]+(-[a-z]+)*$/.test(id)) return 'Usage: npm run new <family>/<rule-name>';
  if (!families.includes(family)) return `${family} is no family: ${families.join(', ')}.`;
  if (/^(no|require|disallow)-/.test(name)) return `An id names the problem and reads well after "allow": not ${name}.`;
  if (existsSync(join(root, 'rules', `${id}.ts`))) return `rules/${id}.ts is there already.`;
  return undefined;
}

const id = process.argv[2] ?? '';
const reason = refusal(id);
if (reason !== undefined) {
  console.error(reason);
  process.exitCode = 2;
} else {
  const path = join(root, 'rules', id);
  mkdirSync(dirname(path), { recursive: true });
  const { ts, md } = ruleTemplate(id);
  writeFileSync(`${path}.ts`, ts);
  writeFileSync(`${path}.md`, md);
  spawnSync(process.execPath, [...process.execArgv, join(root, 'scripts/generate.ts')], { stdio: 'inherit' });
  console.log(`Now write rules/${id}.md, then rules/${id}.ts: npx vitest run tests/rules.test.ts -t ${id}`);
}
