import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.js';
import type { Finding } from '../src/index.js';
import { differences } from './support/compare.js';
import { expectationsIn, withoutExpectations } from './support/expectations.js';
import { applyChanges, changeOf } from './support/fixing.js';
import { lintExample } from './support/lint-example.js';
import type { Example, RulePage } from './support/markdown-page.js';
import { rulePages } from './support/rule-pages.js';

const at = (page: RulePage, example: Example): string => `${page.path}:${example.line}`;

/** The files of an example after everything that the findings offer is applied once. */
function changed(example: Example, findings: readonly Finding[]): Example['files'] {
  return example.files.map((file) => ({
    ...file,
    text: applyChanges(
      file.text,
      findings.filter(({ path }) => path === file.path),
    ),
  }));
}

/** The Incorrect example that a Fixed one shows the result of: of the same heading, else in order of the language. */
function originalOf(page: RulePage, fixed: Example): Example | undefined {
  const of = (section: Example['section']): Example[] =>
    page.examples.filter(
      (example) =>
        example.section === section &&
        example.frontends[0] === fixed.frontends[0] &&
        (section === 'Fixed' || fixed.heading === '' || example.heading === fixed.heading),
    );
  const place = of('Fixed')
    .filter(({ heading }) => heading === fixed.heading)
    .indexOf(fixed);
  return of('Incorrect')[place];
}

for (const page of rulePages()) {
  describe(page.rule, () => {
    test('the page can be read and its rule is known', () => {
      expect(page.problems).toEqual([]);
      expect(rules, 'run npm run generate').toHaveProperty([page.rule]);
    });

    for (const example of page.examples) {
      if (example.section === 'Fixed') continue;
      const expected = example.files.flatMap(({ text }) => expectationsIn(text));
      test(`${example.section} ${example.heading} ${at(page, example)}`, async () => {
        if (example.section === 'Incorrect') {
          expect(expected, `${at(page, example)}: an incorrect example needs an expect: comment`).not.toEqual([]);
        }
        if (example.section === 'Correct') {
          expect(expected, `${at(page, example)}: a correct example expects nothing`).toEqual([]);
        }
        const { findings, errors } = await lintExample(page.rule, example);
        expect(errors).toEqual([]);
        const files = example.files.map((file) => ({ ...file, page: { path: page.path, line: file.line } }));
        expect(differences(files, findings)).toEqual([]);

        const offers = findings.filter((finding) => changeOf(finding));
        if (offers.length === 0) return;
        const after = await lintExample(page.rule, { ...example, files: changed(example, offers) });
        const left = after.findings.map(({ rule, line, message }) => `${line}: ${rule}: ${message}`);
        // One change may settle several findings: two heads are one once either follows the other.
        expect(left.length, `${at(page, example)}: left after the fixes: ${left.join('; ')}`).toBeLessThanOrEqual(
          findings.length - offers.length,
        );
      });
    }

    for (const fixed of page.examples.filter(({ section }) => section === 'Fixed')) {
      test(`Fixed ${fixed.heading} ${at(page, fixed)}`, async () => {
        const original = originalOf(page, fixed);
        if (!original) throw new Error(`${at(page, fixed)}: no incorrect example in that language to compare with`);
        const { findings } = await lintExample(page.rule, original);
        const result = changed(original, findings);
        for (const { path, text, line } of fixed.files) {
          const made = result.find((file) => file.path === path);
          expect(made, `${page.path}:${line}: ${path} is not in the incorrect example`).toBeDefined();
          expect(withoutExpectations(made!.text), `${page.path}:${line}`).toBe(withoutExpectations(text));
        }
        const after = await lintExample(page.rule, { ...fixed, options: original.options, config: original.config });
        const files = fixed.files.map((file) => ({ ...file, page: { path: page.path, line: file.line } }));
        expect(differences(files, after.findings)).toEqual([]);
      });
    }
  });
}
