import type { Edit, Finding } from '../../src/engine/finding.js';

/** The change that a finding offers: its fix, else its first suggestion. */
export function changeOf(finding: Finding): Edit[] | undefined {
  return finding.fix?.edits ?? finding.suggestions?.[0]?.edits;
}

const overlap = (a: Edit, b: Edit): boolean => a.start < b.end && b.start < a.end;
const same = (a: Edit, b: Edit): boolean => a.start === b.start && a.end === b.end && a.text === b.text;

/**
 * Applies what the findings of one file offer, in their order. Equal edits, such as an import that two of them add,
 * are made once; a finding whose edits cross an earlier one's is left out.
 */
export function applyChanges(text: string, findings: readonly Finding[]): string {
  const edits: Edit[] = [];
  for (const finding of findings) {
    const wanted = (changeOf(finding) ?? []).filter((edit) => !edits.some((taken) => same(taken, edit)));
    if (!wanted.some((edit) => edits.some((taken) => overlap(taken, edit)))) edits.push(...wanted);
  }
  const ordered = edits.map((edit, order) => ({ ...edit, order }));
  ordered.sort((a, b) => b.start - a.start || b.end - a.end || b.order - a.order);
  let result = text;
  for (const edit of ordered) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}
