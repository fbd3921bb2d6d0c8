import type { ColumnUse, Condition, Expression, Operation, Volatility } from '../../../ir/index.js';

/** What a dialect's grammar says of one statement. */
export type Verdict =
  | {
      accepted: true;
      /** What it knows of the statement besides that it is valid. */
      reading?: Reading;
    }
  | {
      accepted: false;
      /** The grammar's own words, and where: a UTF-16 offset in the text. Absent where a refusal proves nothing. */
      error?: { message: string; at: number };
      /** It came to no end, which says nothing of the text: why, in words for people. */
      gaveUp?: string;
    };

/** A grammar of one dialect. */
export interface Provider {
  /** Whether it may be asked about text with a parenthesis too few or too many; not one that tries all ways to go on. */
  takesUnbalanced: boolean;
  /** Asks about statements, each text one of them; a verdict for each. Never throws. */
  read(texts: readonly string[]): Verdict[];
}

/**
 * The facts of a statement as a grammar sees them, in the vocabulary of the IR, and names folded as the database has
 * them. What is absent is not known. It confirms what was read from words alone, and adds to it.
 */
export interface Reading {
  /** Every operation, in the order of the text; absent where the provider has no word for one of them. */
  operations?: ReadOperation[];
  /** Tables read and written, sub-queries included, names of WITH queries not. */
  reads?: ReadName[];
  writes?: ReadName[];
}

export interface ReadName {
  schema?: string;
  name: string;
  /** Where it stands: a UTF-16 offset in the text. */
  at: number;
}

export interface ReadOperation {
  /** Absent where the provider has no word for it. */
  kind?: Operation['kind'];
  /** The table that it is about. */
  table?: Omit<ReadName, 'at'>;
  /** Of CreateTable all in order; else the one that is added, or gets a type or a default. */
  columns?: ReadColumn[];
  /** The conditions of CHECK constraints that do not stand at a column, in order. */
  checks?: Condition[];
  /** The same of EXCLUDE constraints. */
  excludes?: Expression[];
  /** Of CreateIndex: one for each key, empty for a plain column. */
  keys?: Expression[];
  /** WHERE of an index, an UPDATE or a DELETE. */
  condition?: Condition;
  /** Of a view: the columns that its query names. */
  uses?: ColumnUse[];
  /** USING of a new column type. */
  using?: Expression;
}

export interface ReadColumn {
  name: string;
  /** As in ColumnType.name. */
  type?: string;
  volatility?: Volatility;
  generatedFrom?: Expression;
  /** The conditions of CHECK constraints that stand at it, in order. */
  checks?: Condition[];
}
