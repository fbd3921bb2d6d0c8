import type { Lexicon } from './lexicons.js';

/** A line for a client program, which the server never sees. */
export interface ClientLine {
  end: number;
  /** What ends a statement from here on. */
  delimiter?: string;
}

interface Form {
  /** Of the dialects whose clients know it. */
  flag: keyof Lexicon;
  /** The characters that it may start with. */
  first: string;
  pattern: RegExp;
  /** Only where no statement is under way. */
  apart?: true;
}

const forms: readonly Form[] = [
  { flag: 'psql', first: '\\', pattern: /\\/y },
  { flag: 'dotCommands', first: '.', pattern: /\.[a-z]/iy, apart: true },
  { flag: 'batches', first: 'gG', pattern: /go[ \t]*(?:\d{1,9}[ \t]*)?(?=--|;|\r|\n|$)/iy },
  {
    flag: 'batches',
    first: ':',
    pattern:
      /:(?:!!|(?:r|setvar|connect|on|out|error|exit|quit|listvar|reset|ed|help|xml|serverlist|perftrace)(?![\w$]))/iy,
  },
  { flag: 'delimiterCommand', first: 'dD', pattern: /delimiter(?=[ \t])/iy },
  { flag: 'delimiterCommand', first: 'sS\\', pattern: /(?:source|\\\.)[ \t]/iy, apart: true },
];

const firsts = new Set(forms.flatMap(({ first }) => [...first].map((each) => each.charCodeAt(0))));

/** A delimiter as long as this is prose. */
const DELIMITER_LIMIT = 60;

/** End of a line, its line break left out. */
export function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  if (newline < 0) return text.length;
  return newline > from && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/**
 * The command that a line consists of, if it is one.
 * @param start of the line, blanks left out
 * @param apart whether no statement is under way
 */
export function clientLineAt(text: string, start: number, lexicon: Lexicon, apart: boolean): ClientLine | undefined {
  if (!firsts.has(text.charCodeAt(start))) return undefined;
  for (const form of forms) {
    if (lexicon[form.flag] !== true || (form.apart && !apart) || !form.first.includes(text.charAt(start))) continue;
    form.pattern.lastIndex = start;
    if (!form.pattern.test(text)) continue;
    const end = lineEnd(text, start);
    return {
      end,
      ...delimiterIn(text.slice(form.pattern.lastIndex, Math.min(end, start + DELIMITER_LIMIT)), form.flag),
    };
  }
  return undefined;
}

/** The client takes the first word of the line, which may stand in quotes. */
function delimiterIn(rest: string, flag: Form['flag']): Pick<ClientLine, 'delimiter'> {
  const value = flag === 'delimiterCommand' ? /^[ \t]+(?:'([^']+)'|"([^"]+)"|(\S+))/.exec(rest) : null;
  const delimiter = value?.[1] ?? value?.[2] ?? value?.[3];
  return delimiter === undefined ? {} : { delimiter };
}
