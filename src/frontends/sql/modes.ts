import type { Lexicon } from './lexicons.js';

const mysqlModes = new Set(['SQL_MODE', '@@SQL_MODE']);
const ansiModes = /\bANSI(?:_QUOTES)?\b/i;
const noEscapes = /\bNO_BACKSLASH_ESCAPES\b/i;

/** How quotes and backslashes are read, which a file may set for what follows in it. */
export class Modes {
  /** `"` encloses a string, not a name. */
  doubleQuotedStrings: boolean;
  backslashEscapes: boolean;
  /** Whether the dialect has such settings at all. */
  readonly canChange: boolean;
  private setting: 'mysql' | 'postgresql' | undefined;

  constructor(private readonly lexicon: Lexicon) {
    this.doubleQuotedStrings = lexicon.doubleQuotedStrings === true;
    this.backslashEscapes = lexicon.backslashEscapes === true;
    this.canChange = this.doubleQuotedStrings || lexicon.dollarQuotes === true;
  }

  /** Follows the words of a SET; the value may be a word, a string, or several joined. */
  see(word: string, written: string): void {
    if (word === 'SET' || word === ',') this.setting = undefined;
    else if (this.lexicon.doubleQuotedStrings && mysqlModes.has(word)) {
      this.setting = 'mysql';
      this.doubleQuotedStrings = true;
      this.backslashEscapes = true;
    } else if (this.lexicon.dollarQuotes && word === 'STANDARD_CONFORMING_STRINGS') this.setting = 'postgresql';
    else if (this.setting === 'mysql') {
      if (ansiModes.test(written)) this.doubleQuotedStrings = false;
      if (noEscapes.test(written)) this.backslashEscapes = false;
    } else if (this.setting === 'postgresql') {
      if (/^'?(?:off|false|no|0)'?$/i.test(written)) this.backslashEscapes = true;
      else if (/^'?(?:on|true|yes|1|default)'?$/i.test(written)) this.backslashEscapes = false;
    }
  }
}
