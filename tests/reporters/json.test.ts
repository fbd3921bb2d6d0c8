import { expect, test } from 'vitest';
import { json } from '../../src/reporters/json.js';
import { context, finding, result } from './sample.js';

test('exactly the findings and the summary', () => {
  const given = result([finding({ suggestions: [{ message: 'Do.', edits: [{ start: 0, end: 1, text: 'x' }] }] })]);
  const text = json(given, context({}, { color: true }));
  expect(JSON.parse(text)).toEqual({ findings: given.findings, summary: given.summary });
  expect(text.endsWith('}\n')).toBe(true);
});

test('every info finding is there', () => {
  const given = result([finding({ severity: 'info' }), finding({ severity: 'info', line: 3 })]);
  expect(JSON.parse(json(given, context())).findings).toHaveLength(2);
});
