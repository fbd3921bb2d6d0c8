import fc from 'fast-check';

/** A statement as its tokens, so that any gap may stand between them. */
type Tokens = string[];

/** What makes statements or parts of them. */
export type Arb = fc.Arbitrary<Tokens>;

/** One of these, each cut at its blanks. */
export const token = (...texts: string[]): Arb => fc.constantFrom(...texts.map((text) => text.split(' ')));

/** One of these as it is. */
export const whole = (...texts: string[]): Arb => fc.constantFrom(...texts.map((text) => [text]));

export const none: Arb = fc.constant([]);

export const maybe = (arb: Arb | string): Arb =>
  fc.oneof({ weight: 2, arbitrary: none }, { weight: 1, arbitrary: typeof arb === 'string' ? token(arb) : arb });

export const seq = (...parts: (Arb | string)[]): Arb =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? token(part) : part))).map((lists) => lists.flat());

export const list = (arb: Arb, max = 3): Arb =>
  fc
    .array(arb, { minLength: 1, maxLength: max })
    .map((items) => items.flatMap((item, at) => (at ? [',', ...item] : item)));

export const inParentheses = (arb: Arb): Arb => seq('(', arb, ')');

/** Each of some parts at most once, in any order. */
export const someOf = (...parts: Arb[]): Arb =>
  fc.shuffledSubarray(parts).chain((chosen) => (chosen.length === 0 ? none : seq(...chosen)));

/** Statements with the gap and the case that they are written in; `plain` has blanks for gaps. */
export const written = (statement: Arb, ...gaps: string[]): fc.Arbitrary<{ text: string; plain: string }> =>
  fc.tuple(statement, fc.constantFrom(' ', '\n', '\t', ...gaps), fc.boolean()).map(([tokens, gap, lower]) => {
    const all = tokens.map((each) => (lower && /^[A-Z_]+$/.test(each) ? each.toLowerCase() : each));
    return { text: all.join(gap), plain: all.join(' ') };
  });
