import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '../../src/frontends/sql/front-end.js';
import { median } from './measure.js';

const forms = [
  (number: number): string => `ALTER TABLE t${number} ADD COLUMN c${number} text;`,
  (number: number): string => `CREATE INDEX i${number} ON t${number % 100} (c${number});`,
  (number: number): string => `CREATE TABLE x${number} (id bigint PRIMARY KEY, name text NOT NULL);`,
];

/** Milliseconds of the processor, so that what else the machine does counts less. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** How fast definitions are split and read, beside how fast their bytes are read, in MB/s. */
export async function sqlThroughput(statements: number): Promise<{ megabytes: number; bytes: number; facts: number }> {
  const file = join(tmpdir(), `ddlint-bench-${process.pid}.sql`);
  const lines = Array.from({ length: statements }, (_, number) => forms[number % forms.length]!(number));
  writeFileSync(file, lines.join('\n'));
  try {
    const text = readFileSync(file, 'utf8');
    const { read } = await sql.load();
    const context = { dialect: 'postgresql', scope: 'project' } as const;
    const bytes: number[] = [];
    const facts: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      bytes.push(timed(() => readFileSync(file, 'utf8')));
      facts.push(timed(() => read({ path: 'a.sql', text }, context)));
    }
    const megabytes = text.length / 1e6;
    return { megabytes, bytes: (megabytes / median(bytes)) * 1000, facts: (megabytes / median(facts)) * 1000 };
  } finally {
    rmSync(file);
  }
}
