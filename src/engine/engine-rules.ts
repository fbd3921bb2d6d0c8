import type { Severity } from '../rule.js';

/** Findings of the engine itself. They are on in every configuration that doesn't turn them off. */
export const engineRules = {
  'ddlint/unreadable-file': { summary: 'A file, or a part of it, could not be read.', severity: 'warn' },
  'ddlint/unused-suppression': { summary: 'A suppression comment suppresses nothing.', severity: 'warn' },
  'ddlint/malformed-suppression': {
    summary: 'A suppression comment names an unknown rule, or is no known directive.',
    severity: 'warn',
  },
} as const satisfies { [id: string]: { summary: string; severity: Severity } };

export type EngineRule = keyof typeof engineRules;
