/** Words that start a statement of T-SQL, where semicolons may be left out. */
const heads = new Set(
  (
    'ALTER CREATE DROP INSERT UPDATE DELETE MERGE EXEC EXECUTE IF WHILE DECLARE PRINT SET SELECT TRUNCATE RETURN THROW USE BEGIN COMMIT ' +
    'ROLLBACK GRANT REVOKE DENY RAISERROR DBCC WITH SAVE'
  ).split(' '),
);

const routines = new Set(['PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'VIEW']);
const transactions = new Set(['TRAN', 'TRANSACTION', 'DISTRIBUTED']);

/** `DROP TABLE IF EXISTS`: what stands before such an IF. */
const objects = new Set(
  'TABLE VIEW PROCEDURE PROC FUNCTION INDEX TRIGGER COLUMN CONSTRAINT SCHEMA TYPE SEQUENCE DATABASE USER ROLE SYNONYM'.split(
    ' ',
  ),
);

/** Words behind which a head goes on with the statement that it stands in. */
const joining = new Set([
  'UNION',
  'ALL',
  'EXCEPT',
  'INTERSECT',
  'AS',
  'FOR',
  'ON',
  'AFTER',
  'OF',
  'THEN',
  '.',
  ',',
  'OR',
  'GRANT',
  'REVOKE',
  'DENY',
  'INTO',
]);

/**
 * Tells where a statement of T-SQL ends with nothing to mark it: at a word that starts another one, once it can be
 * complete itself. A routine takes the rest of its batch; IF and WHILE take the statement or block behind them.
 */
export class BareStatement {
  private first = '';
  private previous = '';
  private words = 0;
  private parentheses = 0;
  private blocks = 0;
  private routine = false;
  /** Of IF and WHILE: before the body, at its first statement, behind it. */
  private body: 'awaited' | 'inside' | 'closed' = 'closed';
  private acted = false;
  private sawSelect = false;
  private lastHead = '';

  /** Whether a semicolon belongs to the statement. */
  get open(): boolean {
    return this.routine || this.blocks > 0;
  }

  /** Whether the next word starts another statement. */
  endsBefore(word: string, next: () => string): boolean {
    // MERGE is the one statement that a semicolon must end.
    if (this.words === 0 || this.open || this.parentheses > 0 || this.first === 'MERGE') return false;
    if (word === 'ELSE' || (word === 'IF' && objects.has(this.previous))) return false;
    if (this.body === 'closed' && this.isConditional()) return word !== ';';
    if (!heads.has(word) || joining.has(this.previous)) return false;
    if (word === 'WITH')
      return (
        next() !== '(' &&
        !['CHECK', 'NOCHECK', 'VALUES', 'TIES', 'NOWAIT', 'LOG', 'RECOMPILE', 'RESULT', 'NO_INFOMSGS'].includes(
          next(),
        ) &&
        this.first !== 'ALTER' &&
        this.first !== 'CREATE'
      );
    if (this.isConditional()) return this.body === 'inside' && this.previous !== 'ELSE' && !this.within(word);
    return !this.within(word);
  }

  private isConditional(): boolean {
    return this.first === 'IF' || this.first === 'WHILE';
  }

  /** Whether a head is a part of the statement rather than the start of another. */
  private within(word: string): boolean {
    switch (word) {
      case 'SELECT':
        return (
          (this.first === 'INSERT' || this.first === 'WITH' || this.first === 'DECLARE') &&
          !this.sawSelect &&
          this.previous !== ';'
        );
      case 'SET':
        return this.lastHead === 'UPDATE' || (this.first === 'ALTER' && !this.acted);
      case 'DROP':
      case 'ALTER':
        return this.first === 'ALTER' && !this.acted;
      case 'EXEC':
      case 'EXECUTE':
        return this.first === 'INSERT' && !this.acted;
      case 'INSERT':
      case 'UPDATE':
      case 'DELETE':
      case 'MERGE':
        return this.first === 'WITH' && !this.acted;
      default:
        return false;
    }
  }

  see(word: string): void {
    const { previous } = this;
    this.previous = word;
    this.words++;
    if (word === '(') this.parentheses++;
    else if (word === ')') this.parentheses--;
    if (this.words === 1) {
      this.first = word;
      if (this.isConditional()) this.body = 'awaited';
    } else if (this.words <= 5 && (this.first === 'CREATE' || this.first === 'ALTER') && routines.has(word))
      this.routine = true;
    if (this.parentheses > 0) return;
    if (word === 'BEGIN' || word === 'CASE') this.blocks++;
    else if (transactions.has(word) && previous === 'BEGIN') this.blocks--;
    else if (word === 'CONVERSATION' && previous === 'END') this.blocks++;
    else if (word === 'END') {
      this.blocks = Math.max(0, this.blocks - 1);
      if (this.blocks === 0 && this.isConditional()) this.body = 'closed';
    }
    if (word === 'ELSE' && this.blocks === 0) this.body = 'awaited';
    else if (this.body === 'awaited' && this.words > 1 && heads.has(word)) this.body = 'inside';
    if (heads.has(word)) this.lastHead = word;
    if (word === 'SELECT') this.sawSelect = true;
    if (this.words > 1 && (heads.has(word) || word === 'ADD')) this.acted = true;
  }
}
