import type { Dialect, Statement } from '../../../src/ir/index.js';
import { statementsIn } from '../../../src/queries/operations.js';
import { projectOf } from '../../queries/support/project.js';
import { rulePages } from '../../support/rule-pages.js';

/** The statements of all examples of the rules in which a dialect is spoken, without those that have holes. */
export async function exampleStatements(dialect: Dialect): Promise<Statement[]> {
  const examples = rulePages().flatMap((page) => page.examples);
  const found: Statement[] = [];
  for (const { files, config } of examples) {
    if ((config['dialect'] ?? 'postgresql') !== dialect) continue;
    const given = Object.fromEntries(files.map(({ path, text }) => [path, text]));
    const project = await projectOf(given, { dialect });
    for (const facts of project.files) found.push(...statementsIn(facts));
  }
  return found.filter((statement) => statement.dialect === dialect && statement.holes.length === 0);
}
