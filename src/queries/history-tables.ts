import type { Project, QualifiedName } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { objectKey } from './names.js';
import { operationsIn } from './operations.js';

const keys = defineQuery((project): Set<string> => {
  const found = new Set<string>();
  for (const facts of project.files) {
    for (const { operation } of operationsIn(facts)) {
      const history =
        operation.kind === 'CreateTable'
          ? operation.definition.history
          : operation.kind === 'TableOption'
            ? operation.history
            : undefined;
      if (history) found.add(objectKey(history, facts.dialect));
    }
  }
  return found;
});

/** Whether a table keeps the earlier versions of another one's rows: SQL Server lets it have no key. */
export const isHistoryTable = (project: Project, name: QualifiedName): boolean =>
  keys(project).has(objectKey(name, 'tsql'));
