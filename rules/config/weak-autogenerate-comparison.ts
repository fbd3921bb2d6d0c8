import { defineRule } from '../../src/rule.js';
import { isOlder, packageVersion } from '../../src/queries/packages.js';
import type { EnvironmentConfigure, EnvironmentOption } from '../../src/ir/index.js';

const isLiteral = (option: EnvironmentOption | undefined, value: boolean | null): boolean =>
  option?.value.kind === 'literal' && option.value.value === value;

/** Whether autogenerate compares anything by what is configured there. */
function compares({ api, mode, options, compares: handed }: EnvironmentConfigure): boolean {
  if (api === 'MigrationContext.configure') return handed === true;
  const target = options.find(({ name }) => name === 'target_metadata');
  return mode !== 'offline' && !(target === undefined || isLiteral(target, null));
}

export default defineRule({
  summary: 'Autogenerate does not compare types or server defaults.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'auto',
  sources: [
    '000_c87955be76640684.txt',
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    '004_9452bc49d0f85f35.txt',
  ],
  messages: {
    off: '{{option}} is off, so a {{what}} that differs between models and database goes unseen by autogenerate and "alembic check". Write {{option}}=True.',
    absent:
      '{{api}}() gets no {{option}}, which Alembic {{version}}leaves off: a {{what}} that differs between models and database goes unseen by autogenerate and "alembic check". Add {{option}}=True.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const version = packageVersion(project, facts.path, 'alembic');
    for (const configure of facts.environment?.configures ?? []) {
      if (!compares(configure)) continue;
      const watched = [
        { option: 'compare_type', what: 'column type', isDefault: !isOlder(version, 1, 12), version: 'before 1.12 ' },
        { option: 'compare_server_default', what: 'server default', isDefault: false, version: '' },
      ];
      for (const { isDefault, ...data } of watched) {
        const given = configure.options.find(({ name }) => name === data.option);
        const isOff = isLiteral(given, false) || isLiteral(given, null);
        if (given === undefined ? isDefault || configure.open : !isOff) continue;
        yield {
          message: given === undefined ? 'absent' : 'off',
          at: given ?? configure,
          data: { ...data, api: configure.api },
          fix: authoring.setAlembicOption(configure, data.option, true),
        };
      }
    }
  },
});
