import { ask, DEFAULT_TIMEOUT } from './bridge.js';
import type { Answer } from './protocol.js';
import { mayMatter } from './relevance.js';
import { targetOf, type Linted } from './target.js';

/** Settings of ddlint in ESLint's configuration: `settings: { ddlint: {…} }`. */
export interface DdlintSettings {
  /** How long one answer of the analysis may take, in milliseconds. */
  timeout?: number;
  /** Stands for what other files say: ESLint's cache is dropped when it changes. */
  fingerprint?: string;
}

/** What ddlint has to say about one file. */
export interface Analysis {
  /** The findings of one rule. */
  check(rule: string, options: { [name: string]: unknown } | undefined): Answer[];
}

const nothing: Analysis = { check: () => [] };
/** The one whose text the worker has in hand. */
let current: Analysis | undefined;
const analyses = new WeakMap<object, Analysis>();

function analyse(linted: Linted & { settings: object }): Analysis {
  const target = targetOf(linted);
  if (!target) return nothing;
  const { root, path, text, frontEnd } = target;
  if (!mayMatter(frontEnd, path, text)) return nothing;
  const { timeout = DEFAULT_TIMEOUT } = (linted.settings as { ddlint?: DdlintSettings }).ddlint ?? {};
  const analysis: Analysis = {
    check(rule, options) {
      if (current !== analysis) ask(timeout, 'open', { root, path, text });
      current = analysis;
      return ask(timeout, 'check', rule, options);
    },
  };
  return analysis;
}

/**
 * The analysis of the file that a rule runs on, shared by all rules of one run over it. A file in which nothing can
 * belong to the data layer is decided here, without the worker.
 */
export function analysisOf(context: Linted & { settings: object }): Analysis {
  let analysis = analyses.get(context.sourceCode);
  if (!analysis) analyses.set(context.sourceCode, (analysis = analyse(context)));
  return analysis;
}
