import type { DatabaseUrl, Engine } from '../../src/ir/index.js';
import { isDocumentation, isForDevelopment, readsFromEnvironment } from '../../src/queries/engines.js';
import { defineRule } from '../../src/rule.js';

/** What happens to None, as measured on SQLAlchemy 2.0, Alembic 1.13 and Flask-SQLAlchemy 3.1. */
function failureOf({ library, api }: Engine): string {
  if (library === 'alembic') return `${api} fails with "option values must be strings"`;
  if (library === 'flask-sqlalchemy')
    return 'the application fails with "SQLALCHEMY_DATABASE_URI must be set" when it starts';
  if (library === 'sqlalchemy') return `${api} fails with "Expected string or URL object, got None"`;
  return `${api} connects to whatever is its own default`;
}

/** Whether text that a ConfigParser will read may hold a `%` that nothing has doubled. */
const mayHoldPercent = ({ from, percentDoubled }: DatabaseUrl): boolean =>
  (from === 'environment' || from === 'lookup' || from === 'setting') && percentDoubled !== true;

export default defineRule({
  summary: 'A database URL may be missing, unescaped, or falls back to a default.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    variable:
      '{{name}} is None where it is not set, and {{failure}}, which does not say what is missing. Read it with {{read}}, ' +
      'which names the variable.',
    entry:
      'This is None for a name that is not in the dict, or whose value is, and {{failure}}. Raise an error that says which name it was.',
    fallback:
      'Where {{name}} is not set, the program goes on with the database that is written here, and reads and changes the wrong one. ' +
      'Let it stop instead: {{read}}.',
    percent:
      '{{api}} reads "%" as the start of a reference to another option: a password such as "p%40ss" fails with "invalid ' +
      'interpolation syntax". Double it with .replace("%", "%%").',
    strict: 'Read {{name}} so that a missing one fails.',
    double: 'Double each "%".',
  },
  options: {},
  *check({ facts, authoring }) {
    if (facts.scope === 'test' || isDocumentation(facts.path)) return;
    const seen = new Set<number>();
    for (const engine of facts.engines ?? []) {
      const { url } = engine;
      if (url === undefined || engine.kind === 'url' || isForDevelopment(engine, facts)) continue;
      const { source, name, fallback } = url;
      // Without a URL, a driver of Node.js takes the other options, so nothing need be missing.
      const mayBeMissing = url.absent === 'none' && facts.frontend === 'python';
      const at = mayBeMissing ? source : url.absent === 'fallback' ? fallback : undefined;
      if (at !== undefined && source !== undefined && !seen.has(at.start)) {
        seen.add(at.start);
        const data = {
          name: name ?? 'The variable',
          failure: failureOf(engine),
          read: readsFromEnvironment(
            { library: facts.frontend === 'python' ? 'sqlalchemy' : engine.library },
            name ?? 'DATABASE_URL',
          ),
        };
        const message = url.absent === 'fallback' ? 'fallback' : url.from === 'lookup' ? 'entry' : 'variable';
        const edits =
          url.from === 'environment' && name !== undefined ? authoring.readFromEnvironment(source, name) : undefined;
        yield { message, at, data, ...(edits && { suggest: { message: 'strict' as const, data, edits } }) };
      }
      if (engine.library === 'alembic' && mayHoldPercent(url)) {
        const edits = authoring.doublePercent(url.span);
        yield { message: 'percent', at: url, data: { api: engine.api }, suggest: { message: 'double', edits } };
      }
    }
  },
});
