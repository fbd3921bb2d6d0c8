import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/frontends/python/syntax/parse.js';
import type { Finding } from '../../src/index.js';
import { withoutExpectations } from '../support/expectations.js';
import { applyChanges, changeOf } from '../support/fixing.js';
import { lintExample } from '../support/lint-example.js';
import type { Example } from '../support/markdown-page.js';
import { rulePages } from '../support/rule-pages.js';

/** A Python that can say whether a text is Python; undefined on machines without one. */
const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import ast, json'], { stdio: 'ignore' }).status === 0,
);

const judge = `
import ast, json, sys
for number, text in enumerate(json.load(sys.stdin)):
    try:
        ast.parse(text)
    except SyntaxError as error:
        print(number, error)
`;

/** What CPython says of each text that it refuses. */
function refusedByCPython(texts: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(python!, ['-c', judge], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Ways to write the same program that a pen has to keep to. */
const manners: { [name: string]: (text: string) => string | undefined } = {
  'as it stands': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'in single quotes': (text) => (text.includes("'") || text.includes('"""') ? undefined : text.replaceAll('"', "'")),
  'indented by tabs': (text) => text.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4)),
  'without a last line end': (text) => text.replace(/\n+$/, ''),
};

/** The texts that an example turns into: each change alone, and all together. */
function results({ files }: Pick<Example, 'files'>, findings: readonly Finding[]): { before: string; after: string }[] {
  return files
    .filter(({ path }) => path.endsWith('.py'))
    .flatMap(({ path, text }) => {
      const offers = findings.filter((finding) => finding.path === path && changeOf(finding));
      if (offers.length === 0) return [];
      return [...offers.map((offer) => [offer]), offers].map((some) => ({
        before: text,
        after: applyChanges(text, some),
      }));
    });
}

const examples = rulePages().flatMap(({ rule, path, examples: all }) =>
  all
    .filter(({ section, frontends }) => section === 'Incorrect' && frontends.includes('python'))
    .map((example) => ({ rule, place: `${path}:${example.line}`, example })),
);

const parse = await loadParser();
const isRead = (text: string): boolean => parse(text).error === undefined;

describe.each(Object.keys(manners))('what rules offer for examples %s', (manner) => {
  const written: { place: string; before: string; after: string }[] = [];

  test('is Python, and keeps the line ends', async () => {
    for (const { rule, place, example } of examples) {
      const files = example.files.map((file) => ({
        ...file,
        text: file.path.endsWith('.py')
          ? (manners[manner]!(withoutExpectations(file.text)) ?? '')
          : withoutExpectations(file.text),
      }));
      const { findings } = await lintExample(rule, { ...example, files });
      written.push(...results({ files }, findings).map((each) => ({ place, ...each })));
    }
    expect(written.length).toBeGreaterThan(20);
    for (const { place, before, after } of written) {
      if (isRead(before)) expect(isRead(after), `${place}:\n${after}`).toBe(true);
      if (manner === 'with CRLF') expect(after.match(/(?<!\r)\n/g), `${place}:\n${after}`).toBeNull();
      if (manner === 'indented by tabs') expect(after.match(/^\t+ +\S/gm), `${place}:\n${after}`).toBeNull();
    }
  });

  test.skipIf(python === undefined)('is Python as CPython sees it (skipped where there is no Python)', () => {
    const refused = new Set(refusedByCPython(written.map(({ before }) => before)).map((line) => line.split(' ')[0]));
    const judged = written.filter((_, number) => !refused.has(String(number)));
    const wrong = refusedByCPython(judged.map(({ after }) => after));
    expect(wrong.map((line) => `${line}\n${judged[parseInt(line)]!.place}\n${judged[parseInt(line)]!.after}`)).toEqual(
      [],
    );
    expect(judged.length).toBeGreaterThan(20);
  });
});
