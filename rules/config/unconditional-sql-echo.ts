import { applicationEngines, isDocumentation, isForDevelopment, saysDevelopment } from '../../src/queries/engines.js';
import { defineRule } from '../../src/rule.js';

/** The option that lets each library log, and the values that let it log every statement. */
const logging: { [library: string]: { name: string; on: RegExp } } = {
  typeorm: { name: 'logging', on: /^(?:true|all)$|\bquery\b/ },
  'mikro-orm': { name: 'debug', on: /^true$|\bquery\b/ },
  drizzle: { name: 'logger', on: /^true$/ },
  sequelize: { name: 'logging', on: /^(?:true$|console\.)/ },
  knex: { name: 'debug', on: /^true$/ },
  prisma: { name: 'log', on: /\bquery\b/ },
};
const echo = { name: 'echo', on: /^(?:true|debug)$/ };

export default defineRule({
  summary: 'SQL logging is always on.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'auto',
  sources: ['004_9452bc49d0f85f35.txt'],
  messages: {
    on:
      '{{option}} logs every statement and its parameters in production too: that is slow, and what users typed goes to the ' +
      'log. Turn it off, or take it from the settings.',
  },
  options: {},
  *check({ facts, authoring }) {
    if (isDocumentation(facts.path)) return;
    for (const engine of applicationEngines(facts)) {
      if (engine.place.conditional || isForDevelopment(engine, facts)) continue;
      const { name: written, on } = logging[engine.library] ?? echo;
      const option = engine.options.find(({ name }) => name === written);
      if (option?.known === undefined || !on.test(String(option.known)) || saysDevelopment(option.comment)) continue;
      yield {
        message: 'on',
        at: option.value,
        data: { option: engine.kind === 'configuration' ? engine.api : `${option.name} of ${engine.api}` },
        // Prisma's option is a list of levels, of which others may be wanted.
        ...(engine.library !== 'prisma' && { fix: authoring.setEngineOption(engine, option.name, false) }),
      };
    }
  },
});
