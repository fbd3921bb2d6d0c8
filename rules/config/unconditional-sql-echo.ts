import { applicationEngines, isDocumentation, isForDevelopment, saysDevelopment } from '../../src/queries/engines.js';
import { defineRule } from '../../src/rule.js';

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
      const option = engine.options.find(({ name }) => name === (engine.library === 'typeorm' ? 'logging' : 'echo'));
      const isOn = option?.known === true || option?.known === 'debug' || option?.known === 'all';
      if (option === undefined || !isOn || saysDevelopment(option.comment)) continue;
      yield {
        message: 'on',
        at: option.value,
        data: { option: engine.kind === 'configuration' ? engine.api : `${option.name} of ${engine.api}` },
        fix: authoring.setEngineOption(engine, option.name, false),
      };
    }
  },
});
