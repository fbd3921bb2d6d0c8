import type { Rule } from '../../src/rule.js';

const frontEndNames = {
  sql: 'SQL',
  python: 'Python',
  typescript: 'TypeScript',
  prisma: 'Prisma',
  config: 'settings files',
} as const;
const fixes = { auto: 'automatic', suggestion: 'suggestion', none: '–' } as const;

/** How a rule's properties are said in its page and in the table of all rules. */
export const words = {
  frontends: (rule: Rule): string => rule.frontends.map((id) => frontEndNames[id]).join(', '),
  fix: (rule: Rule): string => fixes[rule.fix],
  presets(rule: Rule): string {
    return rule.presets.length === 0
      ? 'none: turn it on by name'
      : rule.presets.map((name) => `\`${name}\``).join(', ');
  },
  severity(rule: Rule): string {
    const others = Object.entries(rule.presetSeverity ?? {}).map(([preset, level]) => `${level} in \`${preset}\``);
    return [rule.severity, ...others].join(', ');
  },
};
