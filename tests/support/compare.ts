import type { Finding } from '../../src/index.js';
import { announces, expectationsIn } from './expectations.js';

/** A file of a linted project, and where it is written down. */
export interface AnnotatedFile {
  path: string;
  text: string;
  /** The page that it stands in, with the line that it starts on; absent for a file of its own. */
  page?: { path: string; line: number };
}

/**
 * Compares findings with the `expect:` comments of the files.
 * @returns one line per difference, each beginning with the place to look at
 */
export function differences(files: readonly AnnotatedFile[], findings: readonly Finding[]): string[] {
  const open = [...findings];
  const result: string[] = [];
  const place = ({ path, page }: AnnotatedFile, line: number): string =>
    page ? `${page.path}:${page.line + line - 1}` : `${path}:${line}`;
  for (const file of files) {
    for (const expectation of expectationsIn(file.text)) {
      const met = open.findIndex(
        (finding) => finding.path === file.path && finding.line === expectation.line && announces(expectation, finding),
      );
      if (met >= 0) open.splice(met, 1);
      else {
        const severity = expectation.severity === undefined ? '' : ` (${expectation.severity})`;
        result.push(`${place(file, expectation.line)}: not found: ${expectation.rule}${severity}`);
      }
    }
  }
  for (const { path, line, rule, severity, message } of open) {
    const file = files.find((each) => each.path === path);
    result.push(`${file ? place(file, line) : `${path}:${line}`}: not expected: ${rule} (${severity}): ${message}`);
  }
  return result;
}
