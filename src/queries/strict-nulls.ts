import { defineQuery } from '../rule.js';

/**
 * Whether the types of the project's TypeScript code say `null` at all. Without `strictNullChecks` nobody writes it, and
 * then a type without it says nothing: most nullable columns of the project have to have one that does.
 */
export const saysNull = defineQuery((project): boolean => {
  let said = 0;
  let unsaid = 0;
  for (const { tables, frontend, scope } of project.files) {
    if (frontend !== 'typescript' || scope === 'test') continue;
    for (const { nullable, annotation } of tables.flatMap(({ columns }) => columns)) {
      if (nullable !== true) continue;
      if (annotation?.nullable === true) said += 1;
      if (annotation?.nullable === false) unsaid += 1;
    }
  }
  return said > 0 && said >= unsaid;
});
