import { defineRule } from '../../src/rule.js';
import { changesIn } from '../../src/queries/changes.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { spoken } from '../../src/queries/names.js';
import { isTypeNewIn, schemaAt, schemaBefore } from '../../src/queries/replay.js';

export default defineRule({
  summary: 'An enum value is renamed.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: ['strong_migrations rename_enum_value'],
  messages: {
    renamed:
      'Value "{{value}}" of enum {{type}} is renamed to "{{to}}" (no lock on a table, no rewrite): code that is still running and writes or compares "{{value}}" fails with \'invalid input value for enum\', and code that reads the rows meets a value it does not know. Add "{{to}}" with ALTER TYPE … ADD VALUE, release code that knows both, and move the rows in batches; or rename under a comment that begins with "reviewed:".',
  },
  options: {},
  *check({ facts, project }) {
    for (const { operation, migration } of changesIn(project, facts)) {
      if (operation.kind !== 'RenameEnumValue' || reviewedMarker(project, facts, operation)) continue;
      const { type, value, to } = operation;
      // A type that takes the place of one of its name has the values that running code writes.
      const earlier = migration && schemaBefore(project, migration)?.enumType(type);
      const isKnown = earlier?.values.some((each) => each.value === value) === true;
      if (!isKnown && isTypeNewIn(project, type, operation, value)) continue;
      const known = schemaAt(project, operation)?.enumType(type);
      const origin = known?.values.find((each) => each.value === value)?.origin;
      yield {
        message: 'renamed',
        at: operation,
        data: { type: spoken(type), value, to },
        ...(origin && {
          related: [
            { path: origin.facts.path, at: origin.operation, message: `"${value}" of ${spoken(type)} comes from here` },
          ],
        }),
      };
    }
  },
});
