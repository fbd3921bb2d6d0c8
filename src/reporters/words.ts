import type { Summary } from '../engine/finding.js';

/** `1 error`, `2 errors`: a count with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One line that says what discovery found. */
export function foundLine({ found, files }: Summary): string {
  const looked = files.read + files.skipped + files.unreadable;
  return found.length > 0
    ? `Found ${found.join(', ')}.`
    : `Found nothing of the data layer in ${counted(looked, 'file')}.`;
}

/** One line with the number of findings and what they rest on, so that a clean result says what was looked at. */
export function summaryLine({ files, statements, migrations, findings }: Summary): string {
  const verdict = [
    findings.error > 0 && counted(findings.error, 'error'),
    findings.warn > 0 && counted(findings.warn, 'warning'),
    findings.info > 0 && `${findings.info} info`,
  ].filter((part) => part !== false);
  const all = statements.ast + statements.shape + statements.target + statements.opaque;
  const coverage = [
    `${counted(files.read, 'file')} read${files.unreadable > 0 ? `, ${files.unreadable} unreadable` : ''}`,
    `${counted(all, 'statement')} read, ${statements.opaque} opaque`,
    `${counted(migrations.replayed, 'migration')} replayed, ${migrations.reported} new`,
  ];
  return `${verdict.length > 0 ? verdict.join(', ') : 'No findings'}: ${coverage.join('; ')}.`;
}
