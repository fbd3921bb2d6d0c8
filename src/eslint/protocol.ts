import type { Finding } from '../engine/finding.js';

/** A file in hand: its text as the editor has it, which may differ from the disk. */
export interface OpenFile {
  /** Absolute path of the project's root. */
  root: string;
  /** Relative to the root, POSIX. */
  path: string;
  /** Without byte order mark. */
  text: string;
}

/** A finding in the file in hand. */
export type Answer = Omit<Finding, 'rule' | 'severity' | 'path'>;

/** What the worker can be asked. */
export interface Methods {
  /** Lays the text over the project for the calls of `check` that follow, until the next `open`. */
  open(file: OpenFile): void;
  /** The findings of one rule in the open file. `options` wins over ddlint's own configuration where given. */
  check(rule: string, options: { [name: string]: unknown } | undefined): Answer[];
}

export type Method = keyof Methods;

/**
 * A reply of the worker, which never throws: what synckit throws then is about the worker itself. A refusal is a mistake
 * of the user's, such as an unknown key in the configuration; a crash is an internal error, with its stack.
 */
export type Reply<M extends Method> = { value: ReturnType<Methods[M]> } | { refusal: string } | { crash: string };
