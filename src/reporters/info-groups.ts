import type { Finding } from '../engine/finding.js';

/** The info findings of one rule in one file. */
export interface InfoGroup {
  rule: string;
  path: string;
  findings: Finding[];
}

/** What human reporters list one by one, and what they sum up. Both keep the order of the findings. */
export interface Listed {
  single: Finding[];
  groups: InfoGroup[];
}

/**
 * Sets the info findings aside, one group per rule and file, so that advice about documentation is visible without
 * drowning what matters.
 */
export function listed(findings: readonly Finding[], listInfo: boolean): Listed {
  if (listInfo) return { single: [...findings], groups: [] };
  const groups = new Map<string, InfoGroup>();
  const single: Finding[] = [];
  for (const finding of findings) {
    if (finding.severity !== 'info') {
      single.push(finding);
      continue;
    }
    const { rule, path } = finding;
    const key = `${path}\0${rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rule, path, findings: [finding] });
    else group.findings.push(finding);
  }
  return { single, groups: [...groups.values()] };
}
