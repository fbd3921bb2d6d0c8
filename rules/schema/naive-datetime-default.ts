import type { CalledValue, Column, Default } from '../../src/ir/index.js';
import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'A default gives a moment without a time zone.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'auto',
  sources: ['002_7a51ca8b5657ab8c.txt', 'ruff DTZ003', 'ruff DTZ005'],
  messages: {
    naive: '{{column}} gets a moment without a time zone from {{written}}: {{effect}}. Write {{remedy}}.',
    once: '{{column}} gets {{written}}, which is called once, when the module is loaded: every row gets that one moment, and it has no time zone either. Write {{remedy}}.',
    aware: 'Give a moment in UTC that says so.',
  },
  options: {},
  *check({ facts, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      for (const column of table.columns) {
        if (column.from !== undefined || /^(?:date|time)$/.test(column.type.name)) continue;
        for (const given of [column.default, column.onChange]) {
          const value = given && naive(given, column);
          if (given === undefined || value === undefined) continue;
          const edits = authoring.makeAware(given);
          const isZoned = /with time zone$/.test(column.type.name);
          yield {
            message: value.once ? 'once' : 'naive',
            at: given.span,
            data: {
              column: column.attribute ?? column.name.value,
              written: given.text,
              effect: effectOf(value, isZoned),
              remedy: 'lambda: datetime.now(timezone.utc), or server_default=func.now()',
            },
            // A driver may refuse an aware moment for a column that keeps no time zone.
            ...(isZoned ? { fix: edits } : { suggest: { message: 'aware', edits } }),
          };
        }
      }
    }
  },
});

const zoneless = /(?:^|\.)datetime\.(?:utcnow|now|today|utcfromtimestamp)$/;

/** The call that gives a moment without a time zone, if one does. */
function naive({ by, value }: Default, { type }: Column): CalledValue | undefined {
  if (by !== 'client' || value?.kind !== 'call') return undefined;
  const { name, arguments: given, once } = value;
  if (zoneless.test(name)) {
    const isUtc = name.endsWith('utcnow');
    if (!isUtc && given.some((each) => !/^(?:tz\s*=\s*)?None$/.test(each))) return undefined;
    // A column that says it keeps no zone, and a function that says UTC: a policy.
    return isUtc && type.timezone === false && !once ? undefined : value;
  }
  const isStripped = /now\(\)\.replace$/.test(name) && given.some((each) => /^tzinfo\s*=\s*None$/.test(each));
  return isStripped && type.name.endsWith('with time zone') ? value : undefined;
}

function effectOf({ name }: CalledValue, isZoned: boolean): string {
  if (isZoned) return 'the database reads it in the time zone of the session, and keeps another moment than was meant';
  return name.endsWith('utcnow')
    ? 'nothing in it says that it is UTC, code that calls timestamp() on it takes it for local time, and Python deprecates it from 3.12 on'
    : 'it is the local time of the machine that runs the code, which another machine reads otherwise';
}
