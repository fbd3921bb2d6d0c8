/** A half-open range of UTF-16 code units in one file's text, the byte order mark not counted. */
export interface Span {
  start: number;
  end: number;
}

/** A piece of text as the author meant it (escapes resolved), and where it stands. */
export interface Text {
  value: string;
  span: Span;
}

/**
 * Something that could not be known statically. Rules about absence stay silent on what it names,
 * and the replay marks the object uncertain.
 */
export interface Uncertainty {
  /** The part of the fact that is unknown. `everything` covers all the others. */
  about:
    | 'everything'
    | 'name'
    | 'columns'
    | 'type'
    | 'nullable'
    | 'default'
    | 'comment'
    | 'constraints'
    | 'indexes'
    | 'target'
    | 'doc';
  /** Why, in words that a message can show: "base class Base is not in the project". */
  reason: string;
}
