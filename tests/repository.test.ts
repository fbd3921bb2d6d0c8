import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../rules/index.js';
import { frontEnds } from '../src/frontends/registry.js';
import type { Finding } from '../src/index.js';
import { lintExample } from './support/lint-example.js';
import type { Example } from './support/markdown-page.js';
import { root, rulePages } from './support/rule-pages.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    `${folder}/${path}`.replaceAll('\\', '/'),
  );
const pages = new Map(rulePages().map((page) => [page.rule, page]));
const readable = new Set(frontEnds.map(({ id }) => id));

/** Whether a text is a message with its places filled in. */
function isMessage(template: string, text: string): boolean {
  const pattern = template
    .split(/\{\{\w+\}\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*');
  return new RegExp(`^${pattern}$`).test(text);
}

const said = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ message, suggestions }) => [message, ...(suggestions ?? []).map((each) => each.message)]);

describe('the repository', () => {
  test('every rule is two files, and every file of rules/ belongs to a rule', () => {
    const files = filesIn('rules').filter((path) => /\.(ts|md)$/.test(path));
    const wanted = Object.keys(rules).flatMap((id) => [`rules/${id}.ts`, `rules/${id}.md`]);
    expect(files.sort()).toEqual([...wanted, 'rules/README.md', 'rules/index.ts'].sort());
  });

  test('what is generated is up to date', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(run.stdout + run.stderr).toBe('');
    expect(run.status).toBe(0);
  });

  test('no script of package.json runs by itself when a git checkout is installed', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } };
    const lifecycle = ['prepare', 'prepack', 'postpack', 'build', 'install', 'preinstall', 'postinstall', 'prepublish'];
    expect(Object.keys(scripts).filter((name) => lifecycle.includes(name))).toEqual([]);
  });

  test('exported functions of the vocabulary, the queries and the API say what they do', () => {
    const folders = [...filesIn('src/ir'), ...filesIn('src/queries')].filter((path) => path.endsWith('.ts'));
    const exported = /^export (?:(?:async )?function\b|const \w+\b.* = .*(?:=>|\($))/;
    const silent = [...folders, 'src/rule.ts', 'src/options.ts', 'src/index.ts'].flatMap((path) => {
      const lines = read(path).split('\n');
      return lines.flatMap((line, index) =>
        exported.test(line) && !lines[index - 1]?.endsWith('*/') ? [`${path}:${index + 1}`] : [],
      );
    });
    expect(silent).toEqual([]);
  });
});

describe.each(Object.entries(rules))('%s', (id, rule) => {
  const examples: readonly Example[] = pages.get(id)?.examples ?? [];
  const results = new Map<Example, Finding[]>();
  beforeAll(async () => {
    for (const example of examples) {
      if (example.section === 'Fixed') continue;
      const { findings } = await lintExample(id, example);
      results.set(
        example,
        findings.filter((finding) => finding.rule === id),
      );
    }
  });

  test('is named after the problem, in a short file', () => {
    expect(id).toMatch(/^[a-z]+\/(?!no-|require-|disallow-)[a-z]+(-[a-z]+)*$/);
    expect(read(`rules/${id}.ts`).split('\n').length).toBeLessThan(150);
    expect(rule.summary).toMatch(/^[A-Z].*[^.]\.$/);
  });

  test.each(rule.frontends.filter((frontend) => readable.has(frontend)))('has examples in %s', (frontend) => {
    const sections = examples.filter(({ frontends }) => frontends.includes(frontend)).map(({ section }) => section);
    expect(sections).toContain('Incorrect');
    expect(sections).toContain('Correct');
  });

  test.each(Object.entries(rule.messages))('says "%s" in some example', (_, template) => {
    const texts = [...results.values()].flatMap(said);
    expect(texts.some((text) => isMessage(template, text))).toBe(true);
  });

  test('leaves no place of a message empty', () => {
    // A template of the user's has blanks in it, such as `{{ .Schema }}`.
    expect([...results.values()].flatMap(said).filter((text) => /\{\{\w|\bundefined\b|\[object/.test(text))).toEqual(
      [],
    );
  });

  test.each(Object.keys(rule.options))('shows what the option %s changes', async (option) => {
    const shown = examples.filter(({ section, options }) => section !== 'Fixed' && option in options);
    expect(shown, 'no example sets it').not.toEqual([]);
    const changes: boolean[] = [];
    for (const example of shown) {
      const options = Object.fromEntries(Object.entries(example.options).filter(([name]) => name !== option));
      const { findings } = await lintExample(id, { ...example, options });
      const without = findings.filter((finding) => finding.rule === id).map(({ line, path }) => `${path}:${line}`);
      changes.push(
        without.join() !==
          results
            .get(example)!
            .map(({ line, path }) => `${path}:${line}`)
            .join(),
      );
    }
    expect(changes, 'no example is different without it').toContain(true);
  });

  test('offers the kind of change that it declares', () => {
    const findings = [...results.values()].flat();
    expect(findings.some(({ fix }) => fix)).toBe(rule.fix === 'auto');
    if (rule.fix === 'suggestion') expect(findings.some(({ suggestions }) => suggestions?.length)).toBe(true);
    if (rule.fix === 'none') expect(findings.some(({ suggestions }) => suggestions?.length)).toBe(false);
    expect(examples.some(({ section }) => section === 'Fixed')).toBe(rule.fix !== 'none');
  });
});
