import type { Operation, Project } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { operationsIn } from '../operations.js';

/** For each change of a column's type, the time zone that its file has set before. */
const zones = defineQuery((project): ReadonlyMap<Operation, string> => {
  const found = new Map<Operation, string>();
  for (const facts of project.files) {
    let zone: string | undefined;
    for (const { operation } of operationsIn(facts)) {
      if (operation.kind === 'SetSetting' && /^time ?zone$/i.test(operation.name)) zone = operation.value;
      else if (operation.kind === 'AlterColumnType' && zone !== undefined) found.set(operation, zone);
    }
  }
  return found;
});

/** The time zone that the session of an operation has been given by its file, as written. */
export const timeZoneAt = (project: Project, operation: Operation): string | undefined => zones(project).get(operation);
