import { defineRule, text } from '../../src/rule.js';
import { givenParts, isIndex } from '../../src/queries/given-parts.js';
import { follows, isNamedAsUnique, isWritten, schemeOf } from '../../src/queries/name-schemes.js';
import { filled } from '../../src/queries/naming-templates.js';
import { spoken } from '../../src/queries/names.js';

export default defineRule({
  summary: 'An index name is off template.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    'atlas NM104',
    'pg-migration-lint PGM509',
    'pgsafe naming-convention',
    'soar',
  ],
  messages: {
    declared:
      'The index name "{{name}}" on {{table}} does not follow the template "{{template}}": who meets it in a query plan can\'t ' +
      'tell what it is over. Call it "{{better}}".',
    usual:
      'The index name "{{name}}" on {{table}} does not follow "{{template}}", the form of index names here or in general: who ' +
      'meets it in a query plan can\'t tell what it is over. Call it "{{better}}".',
    rename: 'Call it "{{better}}".',
  },
  options: {
    template: text('The template where no naming convention has one, such as `ix_%(table_name)s_%(column_0_N_name)s`.'),
  },
  *check({ facts, project, options, authoring }) {
    const given = options.template === '' ? [] : [`ix=${options.template}`];
    for (const part of givenParts(project, facts)) {
      const { fact, name, table } = part;
      if (!isIndex(fact) || name === undefined || !isWritten(part)) continue;
      const scheme = schemeOf(project, facts, part, given, true);
      const better = scheme && filled(scheme.template, fact, table);
      if (scheme === undefined || better === undefined || follows(part, scheme.template, facts.dialect)) continue;
      if (isNamedAsUnique(project, facts, part)) continue;
      yield {
        message: scheme.declared ? 'declared' : 'usual',
        at: name,
        data: { name: name.value, table: spoken(table), template: scheme.template, better },
        suggest: { message: 'rename', data: { better }, edits: authoring.replaceName(name, better) },
      };
    }
  },
});
