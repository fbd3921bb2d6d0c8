import type { Authoring, FileFacts, FrontEndId, Project, Span, TextEdit } from './ir/index.js';
import type { JsonSchema, OptionSet, OptionValues } from './options.js';

export { amount, choice, choices, flag, pattern, strings, text } from './options.js';
export type { Option, OptionSet, OptionValues } from './options.js';

export type Severity = 'error' | 'warn' | 'info';
export type Preset = 'recommended' | 'strict' | 'online';
export type Family =
  | 'documentation'
  | 'naming'
  | 'indexing'
  | 'schema'
  | 'destructive'
  | 'locking'
  | 'migration'
  | 'injection'
  | 'orm'
  | 'config'
  | 'drift';

/** What a rule needs beyond the file in hand; it decides what must be read before the rule can run. */
export type Need = 'file' | 'project' | 'history' | 'sql-ast' | 'runner-profile';

/** A span, or a fact that has one. */
export type Place = Span | { span: Span };

/** One finding of a rule, before it has a path, a line and a severity. */
export interface Report<MessageId extends string> {
  message: MessageId;
  /** Fills `{{name}}` in the message. */
  data?: { [name: string]: string | number };
  /** The narrowest text that a person would edit. */
  at: Place;
  /** Other places involved: the model column, the earlier migration. `path` is the file in hand unless given. */
  related?: { path?: string; at: Place; message: string }[];
  /** Instead of the severity of the preset. A severity that the user configured wins over it. */
  severity?: Severity;
  /** Safe to apply unasked. */
  fix?: TextEdit[] | undefined;
  /** Offered, never applied unasked. Left out where the pen can't write it. */
  suggest?: { message: MessageId; data?: { [name: string]: string | number }; edits: TextEdit[] | undefined };
}

export interface RuleContext<Options> {
  /** The file in hand. A rule yields findings of this file only. */
  facts: FileFacts;
  project: Project;
  options: Options;
  authoring: Authoring;
}

/** A rule as it is declared; id and family come from its path `rules/<family>/<name>.ts`. */
export interface RuleDefinition<MessageId extends string, Options extends OptionSet> {
  /** One sentence, present tense: what is wrong. */
  summary: string;
  severity: Severity;
  presets: readonly Preset[];
  /** Severity in a preset where it differs. */
  presetSeverity?: { readonly [P in Preset]?: Severity };
  since: string;
  frontends: readonly FrontEndId[];
  needs: readonly Need[];
  fix: 'auto' | 'suggestion' | 'none';
  /** The documents that ask for this rule. A rule that one of the five standards asks for is in the preset `standards`. */
  sources: readonly string[];
  messages: { readonly [Id in MessageId]: string };
  options: Options;
  check(context: RuleContext<OptionValues<Options>>): Iterable<Report<NoInfer<MessageId>>>;
}

/** A rule of any messages and options, as the engine and the adapters see it. */
export type Rule = RuleDefinition<string, OptionSet>;

/**
 * Declares a rule. Message ids are checked when the rule is compiled: a report whose `message` is no key of
 * `messages` is a type error.
 */
export function defineRule<const MessageId extends string, const Options extends OptionSet>(
  definition: RuleDefinition<MessageId, Options>,
): Rule {
  return definition as unknown as Rule;
}

/**
 * Declares a derived fact: computed once per project snapshot, when it is first asked for.
 * @param compute gets the snapshot and must not change it
 */
export function defineQuery<T>(compute: (project: Project) => T): (project: Project) => T {
  const results = new WeakMap<Project, { value: T }>();
  return (project) => {
    let result = results.get(project);
    if (result === undefined) results.set(project, (result = { value: compute(project) }));
    return result.value;
  };
}

/** The JSON Schema (draft 04) of a rule's options object. */
export function optionsSchema(options: OptionSet): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [name, { ...option.schema, description: option.doc }]),
    ),
    additionalProperties: false,
  };
}
