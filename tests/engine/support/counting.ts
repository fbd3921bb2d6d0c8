import { createLinter, type LintProjectOptions } from '../../../src/engine/lint.js';
import type { LintResult } from '../../../src/engine/finding.js';
import type { FrontEnd } from '../../../src/frontends/front-end.js';
import { frontEnds, rules } from './fakes.js';

/** A linter over the fake languages that notes the paths that it scans with the prefilter, and that it reads. */
export class CountingLinter {
  scanned: string[] = [];
  read: string[] = [];
  /** Front ends whose parsers were loaded. */
  loaded: string[] = [];
  private readonly linter = createLinter({ rules, frontEnds: frontEnds.map((each) => this.counting(each)) });

  private counting(frontEnd: FrontEnd): FrontEnd {
    return {
      ...frontEnd,
      mayMatter: (file, context) => {
        this.scanned.push(file.path);
        return frontEnd.mayMatter(file, context);
      },
      load: async () => {
        this.loaded.push(frontEnd.id);
        const reader = await frontEnd.load();
        return {
          ...reader,
          read: (file, context) => {
            this.read.push(file.path);
            return reader.read(file, context);
          },
          // `BAD7` waits for the file `7.py`.
          wants: (files) => files.flatMap(({ usages }) => usages.map(({ api }) => `${api.slice(3)}.py`)),
        };
      },
    };
  }

  /** Lints, and forgets what it noted before. */
  async lint(options: LintProjectOptions): Promise<LintResult> {
    this.scanned = [];
    this.read = [];
    this.loaded = [];
    return this.linter.lintProject(options);
  }
}
