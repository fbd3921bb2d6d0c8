import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { JSONSchema4 } from '@typescript-eslint/utils/json-schema';
import type { RuleContext, RuleFix, RuleFixer, RuleModule } from '@typescript-eslint/utils/ts-eslint';
import { engineRules } from '../engine/engine-rules.js';
import type { Edit } from '../engine/finding.js';
import type { FrontEndId } from '../ir/index.js';
import { optionsSchema, type Rule } from '../rule.js';
import { analysisOf } from './analysis.js';
import { AnalysisUnavailable } from './bridge.js';
import type { Answer } from './protocol.js';

type MessageId = 'finding';
type Options = [options?: { [name: string]: unknown }];
export type EslintRule = RuleModule<MessageId, Options>;

/** The ESLint languages that a front end's files are linted as. */
const languageOf: { readonly [Id in FrontEndId]?: string } = {
  python: 'ddlint/python',
  sql: 'ddlint/sql',
  typescript: 'js/js',
  prisma: 'ddlint/prisma',
};

/** The texts of a rule's messages are made by the engine. */
const messages = { finding: '{{text}}' };

const toFixes =
  (edits: readonly Edit[]) =>
  (fixer: RuleFixer): RuleFix[] =>
    edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));

/** ESLint has no related locations: the message names them. */
function textOf({ message, related }: Answer): string {
  return [message, ...related.map((each) => `(${each.path}:${each.line}:${each.column}: ${each.message})`)].join(' ');
}

/** Files that were reported as not analysed, so that each is reported once and not by every rule. */
const unavailable = new WeakSet<object>();

function run(id: string, context: Readonly<RuleContext<MessageId, Options>>): void {
  const { sourceCode } = context;
  try {
    for (const finding of analysisOf(context).check(id, context.options[0])) {
      context.report({
        messageId: 'finding',
        data: { text: textOf(finding) },
        // ESLint's columns start at 0.
        loc: {
          start: { line: finding.line, column: finding.column - 1 },
          end: { line: finding.endLine, column: finding.endColumn - 1 },
        },
        fix: finding.fix ? toFixes(finding.fix.edits) : null,
        suggest: (finding.suggestions ?? []).map((each) => ({
          messageId: 'finding',
          data: { text: each.message },
          fix: toFixes(each.edits),
        })),
      });
    }
  } catch (error) {
    if (!(error instanceof AnalysisUnavailable)) throw error;
    if (unavailable.has(sourceCode)) return;
    unavailable.add(sourceCode);
    const text = `analysis-unavailable: ddlint did not analyse this file, because ${error.message}.`;
    context.report({ messageId: 'finding', data: { text }, loc: { line: 1, column: 0 } });
  }
}

function eslintRule(
  id: string,
  meta: Pick<EslintRule['meta'], 'schema' | 'fixable' | 'hasSuggestions'> & {
    summary: string;
    frontends: FrontEndId[];
  },
): EslintRule {
  const { summary, frontends, ...rest } = meta;
  return RuleCreator.withoutDocs<Options, MessageId>({
    meta: {
      type: 'problem',
      docs: { description: summary },
      languages: frontends.flatMap((frontend) => languageOf[frontend] ?? []),
      messages,
      ...rest,
    },
    create(context) {
      const visit = (): void => run(id, context);
      // The root node of JavaScript, and that of ddlint's own languages.
      return { Program: visit, Document: visit };
    },
  });
}

/** One of ddlint's rules as an ESLint rule. */
export function fromRule(id: string, rule: Rule): EslintRule {
  return eslintRule(id, {
    summary: rule.summary,
    frontends: [...rule.frontends],
    schema: [optionsSchema(rule.options) as unknown as JSONSchema4],
    ...(rule.fix === 'auto' && { fixable: 'code' }),
    ...(rule.fix !== 'none' && { hasSuggestions: true }),
  });
}

/** Findings of the engine itself, such as text that can't be read, as an ESLint rule. */
export function fromEngineRule(id: keyof typeof engineRules): EslintRule {
  return eslintRule(id, {
    summary: engineRules[id].summary,
    frontends: ['sql', 'python', 'typescript', 'prisma'],
    schema: [],
  });
}
