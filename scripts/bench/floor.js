// The least that any linter must do: start Node, list the files, read them, look for a word in each.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const marker = /@Entity|sqlalchemy|CREATE TABLE|queryRunner|op\./;
const named = process.argv.slice(2);
const listed = execFileSync('git', ['ls-files', '-z', ...named], { encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);
let matching = 0;
for (const path of listed) if (marker.test(readFileSync(path, 'utf8'))) matching += 1;
console.log(`${listed.length} files, ${matching} matching`);
