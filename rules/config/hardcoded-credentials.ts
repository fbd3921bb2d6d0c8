import { isDocumentation, readsFromEnvironment } from '../../src/queries/engines.js';
import { writtenPasswords } from '../../src/queries/passwords.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A database password is written in code or configuration.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'config', 'prisma'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['000_c87955be76640684.txt', '001_d0f1cd6d4864747c.txt'],
  messages: {
    written:
      'The password of {{target}} is written here: whoever can read the repository has it, and it stays in the history when ' +
      'it is removed. Read it from the environment with {{read}}, and change the password.',
    fallback:
      'Where {{variable}} is not set, the password of {{target}} that is written here is used, and whoever can read the ' +
      'repository has it. Leave the fallback out, so that a missing variable shows: {{read}}.',
    environment: 'Read {{variable}} from the environment.',
  },
  options: {
    allowHosts: strings('Hosts whose passwords may stand in tests.', ['localhost', '127.0.0.1', '::1', '[::1]', '']),
  },
  *check({ facts, options, authoring }) {
    if (isDocumentation(facts.path)) return;
    for (const { password, engine, target, fallbackOf } of writtenPasswords(facts)) {
      const { host } = engine.url?.parts ?? {};
      if (facts.scope === 'test' && (host === undefined || options.allowHosts.includes(host))) continue;
      const isWhole = fallbackOf !== undefined && password.fallbackOf === undefined;
      const expression = isWhole ? engine.url?.source : password.expression;
      const variable = fallbackOf ?? (password.of === 'password' ? 'DATABASE_PASSWORD' : 'DATABASE_URL');
      const read = readsFromEnvironment(engine, variable);
      // A field of a settings class takes its value from the environment by itself.
      const isField = engine.kind === 'url' && engine.place.in === 'class';
      yield {
        message: fallbackOf === undefined ? 'written' : 'fallback',
        at: password,
        data: { target, read, variable },
        // What is only used where nobody has set a variable is mostly a database of a developer's own.
        ...(fallbackOf !== undefined && { severity: 'warn' as const }),
        ...(expression &&
          !isField && {
            suggest: {
              message: 'environment' as const,
              data: { variable },
              edits: authoring.readFromEnvironment(expression, variable),
            },
          }),
      };
    }
  },
});
