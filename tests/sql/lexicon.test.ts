import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { isTrivia, Lexer, tokens } from '../../src/frontends/sql/tokens.js';

const cut = (text: string, dialect: Dialect): string =>
  tokens(text, dialect)
    .filter((token) => !isTrivia(token))
    .map((token) => `${token.kind}:${text.slice(token.start, token.end)}`)
    .join(' | ');

const all: Dialect[] = ['postgresql', 'mysql', 'sqlite', 'tsql'];

/** What a text is cut into: in all four dialects, or in those that are named. */
const rows: Record<string, [text: string, cuts: Partial<Record<Dialect | 'all' | 'others', string>>][]> = {
  blanks: [
    ['a\u00a0b\ufeffc\0d', { all: 'word:a | word:b | word:c | word:d' }],
    ['a\r\nb\rc\n', { all: 'word:a | word:b | word:c' }],
  ],
  'line comments': [
    ['a -- b\nc', { all: 'word:a | word:c' }],
    ['a --b\nc', { mysql: 'word:a | operator:- | operator:- | word:b | word:c', others: 'word:a | word:c' }],
    ['a --\nc', { all: 'word:a | word:c' }],
    ['--b\nc', { all: 'word:c' }],
    ['a # b\nc', { mysql: 'word:a | word:c', postgresql: 'word:a | operator:# | word:b | word:c' }],
  ],
  breakpoints: [
    ['a --> statement-breakpoint\nb', { all: 'word:a | breakpoint:--> statement-breakpoint | word:b' }],
    ['--> statement-breakpoint', { all: 'breakpoint:--> statement-breakpoint' }],
  ],
  'block comments': [
    ['/* a /* b */ c */ d', { postgresql: 'word:d', tsql: 'word:d', others: 'word:c | operator:*/ | word:d' }],
    ['/*/ a /*/ b */ */ c', { postgresql: 'word:c', tsql: 'word:c' }],
    ['/**/a/***/b', { all: 'word:a | word:b' }],
    ['/*! a */ /*!50001 b */ /*M! c */ /*M!100401 d */', { mysql: 'word:a | word:b | word:c | word:d', others: '' }],
    ['/*!40101 a /* b */ c */ d', { mysql: 'word:a | word:c | word:d' }],
    ['/*+ MAX_EXECUTION_TIME(1) */ a', { all: 'word:a' }],
  ],
  strings: [
    [`'a''b' c`, { all: `string:'a''b' | word:c` }],
    [`'a\\' b`, { mysql: `string:'a\\' b`, others: `string:'a\\' | word:b` }],
    [`'a\\'b'`, { mysql: `string:'a\\'b'` }],
    [
      `E'a\\'b' e'c' N'd' n'e' B'1' X'ff' U&'g'`,
      {
        postgresql: `string:E'a\\'b' | string:e'c' | string:N'd' | string:n'e' | string:B'1' | string:X'ff' | string:U&'g'`,
      },
    ],
    [`_utf8'a' N'b' x'ff'`, { mysql: `word:_utf8 | string:'a' | string:N'b' | string:x'ff'` }],
    [`N'a''b'`, { tsql: `string:N'a''b'` }],
    [`"a\\"b"`, { mysql: `string:"a\\"b"` }],
    [`'a\nb;c'`, { all: `string:'a\nb;c'` }],
    [`name'a'`, { all: `word:name | string:'a'` }],
  ],
  'modes that the file sets': [
    [
      `SET sql_mode = 'ANSI_QUOTES'; "a"`,
      {
        mysql: `word:SET | word:sql_mode | operator:= | string:'ANSI_QUOTES' | end:; | quoted:"a"`,
      },
    ],
    [
      `SET @@sql_mode=ANSI; SET sql_mode=''; "a"`,
      {
        mysql: `word:SET | word:@@sql_mode | operator:= | word:ANSI | end:; | word:SET | word:sql_mode | operator:= | string:'' | end:; | string:"a"`,
      },
    ],
    [
      `SET sql_mode='NO_BACKSLASH_ESCAPES'; 'a\\' b`,
      {
        mysql: `word:SET | word:sql_mode | operator:= | string:'NO_BACKSLASH_ESCAPES' | end:; | string:'a\\' | word:b`,
      },
    ],
    [
      `SET standard_conforming_strings = off; 'a\\'b'`,
      {
        postgresql: `word:SET | word:standard_conforming_strings | operator:= | word:off | end:; | string:'a\\'b'`,
      },
    ],
    [
      `SET standard_conforming_strings = on; 'a\\' b`,
      {
        postgresql: `word:SET | word:standard_conforming_strings | operator:= | word:on | end:; | string:'a\\' | word:b`,
      },
    ],
  ],
  'dollar quotes': [
    ['$$a;b$$ $t$ $$ $t$', { postgresql: 'dollar:$$a;b$$ | dollar:$t$ $$ $t$' }],
    ['$é$a$é$', { postgresql: 'dollar:$é$a$é$' }],
    ['a$$b $1 $1$', { postgresql: 'word:a$$b | placeholder:$1 | placeholder:$1$' }],
  ],
  'quoted names': [
    ['"a""b" c', { mysql: 'string:"a""b" | word:c', others: 'quoted:"a""b" | word:c' }],
    ['`a``b` c', { mysql: 'quoted:`a``b` | word:c', sqlite: 'quoted:`a``b` | word:c' }],
    ['`a`', { postgresql: 'punctuation:` | word:a | punctuation:`' }],
    [
      '[a]]b] c',
      { tsql: 'quoted:[a]]b] | word:c', sqlite: 'quoted:[a] | punctuation:] | word:b | punctuation:] | word:c' },
    ],
    ['a[1]', { postgresql: 'word:a | punctuation:[ | number:1 | punctuation:]' }],
    ['U&"d\\0061t"', { postgresql: 'quoted:U&"d\\0061t"' }],
  ],
  words: [
    ['straße a_1 a$b \u{1f600}', { all: 'word:straße | word:a_1 | word:a$b | word:\u{1f600}' }],
    ['@a @@b', { mysql: 'word:@a | word:@@b', tsql: 'word:@a | word:@@b' }],
    ["@`a b` @'c'", { mysql: "word:@`a b` | word:@'c'" }],
    ['#t ##u a#b c@d', { tsql: 'word:#t | word:##u | word:a#b | word:c@d' }],
    ['2fa 1e3 1e 12_a', { mysql: 'word:2fa | number:1e3 | word:1e | word:12_a' }],
  ],
  numbers: [
    [
      '1 1.5 .5 1e5 1.5E-3 0xFf',
      { all: 'number:1 | number:1.5 | number:.5 | number:1e5 | number:1.5E-3 | number:0xFf' },
    ],
    ['1_000 0b101 0o17', { postgresql: 'number:1_000 | number:0b101 | number:0o17' }],
    ['1..2', { all: 'number:1 | punctuation:. | number:.2' }],
    ['$1 $2.5', { tsql: 'number:$1 | number:$2.5' }],
  ],
  operators: [
    ['a->>b', { all: 'word:a | operator:->> | word:b' }],
    [
      'a>-1 b<=+2 c=-3',
      {
        all: 'word:a | operator:> | operator:- | number:1 | word:b | operator:<= | operator:+ | number:2 | word:c | operator:= | operator:- | number:3',
      },
    ],
    ['a @- b', { postgresql: 'word:a | operator:@- | word:b' }],
    ['a @> b #>> c', { postgresql: 'word:a | operator:@> | word:b | operator:#>> | word:c' }],
    ['a::int b := c', { all: 'word:a | operator::: | word:int | word:b | operator::= | word:c' }],
    ['a=@b', { mysql: 'word:a | operator:= | word:@b', tsql: 'word:a | operator:= | word:@b' }],
  ],
  placeholders: [
    ['? ?1 :a', { all: 'placeholder:? | placeholder:?1 | placeholder::a' }],
    ['%s %(a)s b % c', { all: 'placeholder:%s | placeholder:%(a)s | word:b | operator:% | word:c' }],
    ['$1 $a', { postgresql: 'placeholder:$1 | placeholder:$a', sqlite: 'placeholder:$1 | placeholder:$a' }],
    ['$action', { tsql: 'word:$action' }],
    ['@a', { sqlite: 'placeholder:@a' }],
    [
      'a[1:b] :\'c\' :"d"',
      {
        postgresql:
          'word:a | punctuation:[ | number:1 | punctuation:: | word:b | punctuation:] | placeholder::\'c\' | placeholder::"d"',
      },
    ],
    ["'10:30' a::b", { all: "string:'10:30' | word:a | operator::: | word:b" }],
  ],
  templates: [
    ['${a} {{ b }} {% if c %} {d} {$E}', { all: 'hole:${a} | hole:{{ b }} | hole:{% if c %} | hole:{d} | hole:{$E}' }],
    ['a_${b}_c', { all: 'word:a_${b}_c' }],
    ['${a({b: 1})}', { all: 'hole:${a({b: 1})}' }],
    ['$(Database)', { tsql: 'hole:$(Database)' }],
    ['{ a', { all: 'punctuation:{ | word:a' }],
  ],
  'lines for clients': [
    ['\\set a b;\nc', { postgresql: 'directive:\\set a b; | word:c' }],
    ['a \\gset\nb', { postgresql: 'word:a | directive:\\gset | word:b' }],
    ['.mode csv\na.b', { sqlite: 'directive:.mode csv | word:a | punctuation:. | word:b' }],
    ['a\n.b', { sqlite: 'word:a | punctuation:. | word:b' }],
    ['a\ngo 2 -- x\nb\nGO', { tsql: 'word:a | directive:go 2 -- x | word:b | directive:GO' }],
    ['goal\nGO_1', { tsql: 'word:goal | word:GO_1' }],
    [':r a.sql\n:setvar x 1\n:rest', { tsql: 'directive::r a.sql | directive::setvar x 1 | placeholder::rest' }],
    [
      'DELIMITER $$ -- x\na;b$$\ndelimiter ;\nc;',
      {
        mysql:
          'directive:DELIMITER $$ -- x | word:a | punctuation:; | word:b | end:$$ | directive:delimiter ; | word:c | end:;',
      },
    ],
    ['DELIMITER "//"\na//', { mysql: 'directive:DELIMITER "//" | word:a | end://' }],
    ['DELIMITER\na;', { mysql: 'word:DELIMITER | word:a | end:;' }],
  ],
  'rows behind COPY': [
    [
      'COPY t (a) FROM STDIN;\r\n1;2\r\n\\.\r\nb',
      {
        postgresql:
          'word:COPY | word:t | punctuation:( | word:a | punctuation:) | word:FROM | word:STDIN | end:; | data:\r\n1;2\r\n\\. | word:b',
      },
    ],
    [
      'COPY t FROM stdin;\n\\.\nb',
      {
        postgresql: 'word:COPY | word:t | word:FROM | word:stdin | end:; | data:\n\\. | word:b',
      },
    ],
    [
      "COPY t FROM 'f';\nb\n\\.",
      {
        postgresql: "word:COPY | word:t | word:FROM | string:'f' | end:; | word:b | directive:\\.",
      },
    ],
  ],
};

const cases = Object.entries(rows).flatMap(([what, texts]) =>
  texts.flatMap(([text, cuts]) =>
    all.flatMap((dialect): [string, string, Dialect, string][] => {
      const expected = cuts[dialect] ?? cuts.all ?? cuts.others;
      return expected === undefined ? [] : [[what, text, dialect, expected]];
    }),
  ),
);

describe('the tokens of each dialect', () => {
  it.each(cases)('%s: %j (%s)', (_, text, dialect, expected) => {
    expect(cut(text, dialect)).toBe(expected);
  });

  it.each<[string, Dialect, string]>([
    ['"${schema}"."a"', 'postgresql', '${schema}'],
    ['[$(Database)]', 'tsql', '$(Database)'],
    ['`{{ name }}`', 'mysql', '{{ name }}'],
  ])('know what a program fills in of the name %s', (text, dialect, expected) => {
    const lexer = new Lexer(text, dialect);
    lexer.significant();
    expect(lexer.holes.map(({ start, end }) => text.slice(start, end))).toEqual([expected]);
  });
});
