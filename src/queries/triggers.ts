import type { Dialect, Project, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { objectKey } from './names.js';
import { operationsIn, statementsIn } from './operations.js';

interface Triggers {
  tables: ReadonlySet<string>;
  /** One stands somewhere of which it is not known on what table: its name is put together when it runs. */
  anywhere: boolean;
}

const triggers = defineQuery((project): Triggers => {
  const tables = new Set<string>();
  let anywhere = false;
  for (const facts of project.files) {
    for (const { operation, section } of operationsIn(facts)) {
      if (operation.kind !== 'CreateTrigger' || section === 'down') continue;
      if (operation.table.name.unknown) anywhere = true;
      else tables.add(objectKey(operation.table, facts.dialect));
    }
    for (const { text, operations } of statementsIn(facts)) {
      const isRead = operations.some(({ kind }) => kind === 'CreateTrigger');
      if (!isRead && /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b/i.test(text)) anywhere = true;
    }
  }
  return { tables, anywhere };
});

/** Whether a trigger may stand on the table, wherever in the project it is made. */
export function hasTrigger(project: Project, table: Table, dialect: Dialect): boolean {
  const { tables, anywhere } = triggers(project);
  return anywhere || tables.has(objectKey(table.name, dialect));
}
