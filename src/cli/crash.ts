import type { InternalError } from '../engine/finding.js';
import { ownPackage } from '../package.js';

const bugs = 'https://github.com/ddlint/ddlint/issues';

function report(argv: readonly string[], details: string): string {
  return (
    `This is a defect of ddlint, not of your project. Please report it at ${bugs} with this text:\n\n` +
    `ddlint ${ownPackage().version}, Node ${process.version}, ${process.platform} ${process.arch}\n` +
    `ddlint ${argv.join(' ')}\n${details}\n`
  );
}

/** What is said when ddlint itself fails as a whole. */
export function crashReport(error: unknown, argv: readonly string[]): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `ddlint failed. ${report(argv, details)}`;
}

/** What is said when rules or front ends fail on some files; everything else was linted. */
export function errorReport(errors: readonly InternalError[], argv: readonly string[]): string {
  const details = errors.map(
    ({ rule, path, message, stack }) => `${rule ?? 'reading'} on ${path}: ${stack ?? message}`,
  );
  return `ddlint failed on a part of the project; the rest was linted. ${report(argv, details.join('\n'))}`;
}
