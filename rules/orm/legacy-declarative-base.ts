import { defineRule } from '../../src/rule.js';
import type { LegacyBase } from '../../src/ir/index.js';
import { sqlalchemyMajor } from '../../src/queries/current-style.js';

const why: { [form in LegacyBase['form']]: string } = {
  declarative_base: 'type checkers see no more than Any in what it makes',
  generate_base: 'type checkers see no more than Any in what it makes',
  as_declarative: 'type checkers see nothing of what it adds',
};

export default defineRule({
  summary: 'The function declarative_base() is used instead of a DeclarativeBase class.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'auto',
  sources: [
    'sqlalchemy-2.0-warnings',
    '001_d0f1cd6d4864747c.txt',
    '003_415f54345a6e7168.txt',
    '004_9452bc49d0f85f35.txt',
  ],
  messages: {
    extension:
      '{{api}} comes from sqlalchemy.ext.declarative, which SQLAlchemy 2.0 deprecates with a warning at every import, and {{why}}. Write class {{name}}(DeclarativeBase).',
    function: '{{api}} makes the base class by a call: {{why}}. Write class {{name}}(DeclarativeBase).',
    declare: 'Declare the base as a class.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const major = sqlalchemyMajor(project, facts.path);
    if (major === 1) return;
    for (const usage of facts.usages) {
      if (usage.kind !== 'legacy-base' || usage.context === 'migration') continue;
      const edits = authoring.declareBase(usage);
      yield {
        message: usage.fromExtension ? 'extension' : 'function',
        at: usage,
        data: { api: usage.api, name: usage.name ?? 'Base', why: why[usage.form] },
        // The class is there from 2.0 on: where no version is known, somebody has to look.
        ...(edits && (major === 2 ? { fix: edits } : { suggest: { message: 'declare', edits } })),
      };
    }
  },
});
