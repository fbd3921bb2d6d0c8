/** Words of PostgreSQL behind which a value begins, so that a `?` there stands for one. */
const beforeValues = new Set(
  (
    'ALL AND ANY ARRAY AS ASYMMETRIC BETWEEN BY CASE CHECK COLLATE COLUMN CONSTRAINT DEFAULT DISTINCT ELSE ESCAPE EXECUTE EXISTS FETCH FILTER FIRST FROM GROUP HAVING ILIKE ' +
    'IN INTERVAL INTO IS JOIN LIKE LIMIT NEXT NOT OFFSET ON ONLY OR ORDER OVERLAPS REFERENCES RETURN RETURNING ROW SELECT SET SIMILAR SOME ' +
    'SYMMETRIC TABLE THEN TO UPDATE USING VALUES VARIADIC WHEN WHERE WITH ZONE'
  ).split(' '),
);

/** Longer than any word above. */
const WORD_LIMIT = 12;

/** Blanks in front are looked through no further than this. */
const BLANK_LIMIT = 200;

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isWordPart = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 36 ||
  code > 127;

/**
 * Whether a value ends in front of an offset: a name, a literal or a closing parenthesis, so that an operator comes next.
 * @param at a UTF-16 offset in SQL text
 */
export function valueEndsBefore(text: string, at: number): boolean {
  let last = at - 1;
  while (last >= 0 && at - last < BLANK_LIMIT && isBlank(text.charCodeAt(last))) last--;
  const code = text.charCodeAt(last);
  // ) ] ' " $
  if (code === 41 || code === 93 || code === 39 || code === 34) return true;
  if (!isWordPart(code)) return false;
  let first = last;
  while (first > 0 && last - first < WORD_LIMIT && isWordPart(text.charCodeAt(first - 1))) first--;
  return !beforeValues.has(text.slice(first, last + 1).toUpperCase());
}
