/** What a dialect's grammar says of one statement. */
export type Verdict =
  | { accepted: true }
  | {
      accepted: false;
      /** The grammar's own words, and where: a UTF-16 offset in the text. Absent where a refusal proves nothing. */
      error?: { message: string; at: number };
    };

/** A parser of one dialect. It never throws. */
export type Provider = (text: string) => Verdict;
