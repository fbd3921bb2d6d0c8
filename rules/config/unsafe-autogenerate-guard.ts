import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'The hook of new revisions reads an option that is not always there, or is not there itself.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'auto',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    direct:
      'config.cmd_opts has "autogenerate" for "alembic revision" alone: "alembic check" stops here with an AttributeError, and so does Alembic called from Python, where cmd_opts is None. Read it as getattr(config.cmd_opts, "autogenerate", False).',
    nowhere:
      'Nothing in this file defines {{name}}, so env.py stops here with a NameError. Define it above, or import it.',
    later:
      '{{name}} is defined below the code that uses it, so env.py stops here with a NameError. Move the function up.',
  },
  options: {},
  *check({ facts, authoring }) {
    const { configures = [], autogenerateReads = [] } = facts.environment ?? {};
    for (const read of autogenerateReads) {
      if (!read.guarded) yield { message: 'direct', at: read, fix: authoring.readAutogenerate(read) };
    }
    for (const { options } of configures) {
      for (const { name, value, span } of options) {
        if (name !== 'process_revision_directives' || value.kind !== 'name' || value.missing === undefined) continue;
        yield { message: value.missing, at: span, data: { name: value.name } };
      }
    }
  },
});
