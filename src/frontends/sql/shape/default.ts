import type { Default } from '../../../ir/index.js';
import { serverDefault } from '../volatility.js';
import type { Cursor } from './cursor.js';

/** Words at which a default's expression ends. */
const ends = new Set(
  (
    'AFTER AS AUTO_INCREMENT CHARSET CHECK COLLATE COLUMN_FORMAT COMMENT CONSTRAINT DEFERRABLE ENGINE_ATTRIBUTE FIRST FOR ' +
    'GENERATED IDENTITY INITIALLY INVISIBLE KEY NOT NULL ON PRIMARY REFERENCES SECONDARY_ENGINE_ATTRIBUTE STORAGE STORED ' +
    'UNIQUE USING VIRTUAL VISIBLE WITH'
  ).split(' '),
);

/** Reads a default's expression, in which words that start the next property end it. */
export function readDefault(cursor: Cursor): Default {
  const from = cursor.at;
  // The first word belongs to it whatever it is: DEFAULT NULL.
  if (cursor.is('(')) cursor.parenthesis();
  else cursor.at++;
  while (!cursor.done) {
    const word = cursor.word();
    if (word === '(') cursor.parenthesis();
    else if (ends.has(word)) {
      // `timestamp with time zone 'now'` as a cast, and `AT TIME ZONE`.
      if (word === 'WITH' && cursor.is('WITH', 'TIME')) cursor.at += 3;
      // MariaDB: NEXT VALUE FOR a sequence.
      else if (word === 'FOR' && cursor.word(-1) === 'VALUE') cursor.at++;
      else break;
    } else cursor.at++;
  }
  return serverDefault(cursor.between(from, cursor.at), cursor.span(from), cursor.source.dialect);
}
