/** Words that start a statement of T-SQL, where semicolons may be left out. All but THROW are reserved. */
const heads = new Set(
  (
    'ALTER BACKUP BEGIN BREAK BULK CHECKPOINT CLOSE COMMIT CONTINUE CREATE DBCC DEALLOCATE DECLARE DELETE DENY DISABLE DROP ENABLE ' +
    'EXEC EXECUTE FETCH GOTO GRANT IF INSERT KILL MERGE OPEN PRINT RAISERROR RECONFIGURE RESTORE RETURN REVERT REVOKE ROLLBACK SAVE ' +
    'SELECT SET SETUSER SHUTDOWN THROW TRUNCATE UPDATE USE WAITFOR WHILE'
  ).split(' '),
);

const routines = new Set(['PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'VIEW']);

/** What stands behind BEGIN where it opens no block. */
const notBlocks = new Set(['TRAN', 'TRANSACTION', 'DISTRIBUTED', 'DIALOG', 'CONVERSATION']);

/** `DROP TABLE IF EXISTS`: what stands before such an IF. */
const objects = new Set(
  (
    'TABLE VIEW PROCEDURE PROC FUNCTION INDEX TRIGGER COLUMN CONSTRAINT SCHEMA TYPE SEQUENCE DATABASE USER ROLE SYNONYM ASSEMBLY ' +
    'STATISTICS DEFAULT RULE POLICY AGGREGATE LOGIN'
  ).split(' '),
);

/** Words behind which every head goes on with the statement that it stands in. */
const joining = new Set(['.', ',', 'FOR', 'THEN', 'WITH', 'BULK', 'GRANT', 'REVOKE', 'DENY']);
const setOperations = new Set(['UNION', 'ALL', 'EXCEPT', 'INTERSECT']);

/** What an ALTER does to its object; a head before the first of them is one itself. */
const actions = new Set(
  (
    'ADD ALTER CHECK COLLATE DISABLE DROP ENABLE GRANT MERGE MODIFY NOCHECK REBUILD RECONFIGURE REORGANIZE RESTART RESUME SET SPLIT START ' +
    'STATE STOP SWITCH TO TRANSFER WITH'
  ).split(' '),
);

/** What the server keeps the start and end of. */
const periods = new Set(['ROW', 'TRANSACTION_ID', 'SEQUENCE_NUMBER']);

/** ALTER COLUMN … DROP of a property. */
const properties = new Set(['MASKED', 'PERSISTED', 'ROWGUIDCOL', 'SPARSE', 'HIDDEN', 'NOT', 'MEMBER']);

/** Heads that are names too: a statement starts with them only before one of these words. */
const followed: Readonly<Record<string, RegExp | undefined>> = {
  DISABLE: /^TRIGGER$/,
  ENABLE: /^TRIGGER$/,
  SAVE: /^TRAN(SACTION)?$/,
  // Without a semicolon before it, THROW would be an alias; before END and with arguments nobody means that.
  THROW: /^($|[;@\d]|END$)/,
};

const isHead = (word: string, next: () => string): boolean => heads.has(word) && (followed[word]?.test(next()) ?? true);

/** A block, a condition with its statement, or a routine, which ends with its batch. */
export interface Frame {
  kind: 'block' | 'if' | 'while' | 'routine';
  /** Where a frame with a condition is: before, in or behind its statement. */
  phase: 'condition' | 'body' | 'answered' | 'else';
  /** Words before that of its condition, and behind it. */
  from: number;
  to: number;
  /** Block that handles an error. */
  catches?: true;
}

/**
 * What a word is: part of the statement before it, the first of a simple statement, one that holds statements
 * together, or the first one to tell that what began as a statement is a routine.
 */
type Part = 'within' | 'statement' | 'frame' | 'header';

/**
 * Follows the words of a batch of T-SQL, where nothing need stand between two statements: a word that starts another
 * one ends the one before, unless it goes on with it. Every word is looked at once, whatever the depth.
 */
export class BatchWalk {
  readonly frames: Frame[] = [];
  /** The last word began a statement that nothing holds. */
  outermost = false;
  private at = 0;
  private mode: 'list' | 'condition' | 'header' | 'simple' = 'list';
  private previous = '';
  private parentheses = 0;
  private cases = 0;
  /** Behind END, where TRY or CATCH still belongs to it. */
  private closing = false;

  // Of the statement at hand:
  private first = '';
  private second = '';
  private words = 0;
  /** The verb of the statement behind WITH. */
  private verb = '';
  /** An INSERT has its rows, an UPDATE its SET, an ALTER its action, a GRANT its receiver. */
  private acted = false;
  private complete = false;

  /** Takes the next word or sign in upper case, '' for any other token. */
  take(word: string, next: () => string): Part {
    const part = this.part(word, next);
    this.previous = word;
    this.at++;
    return part;
  }

  private part(word: string, next: () => string): Part {
    this.outermost = false;
    switch (this.mode) {
      case 'header':
        return this.header(word, next);
      case 'condition':
        if (!this.endsCondition(word, next)) return 'frame';
        this.frames.at(-1)!.to = this.at;
        this.frames.at(-1)!.phase = 'body';
        this.mode = 'list';
        return this.begin(word, next);
      case 'simple':
        if (!this.endsBefore(word, next)) return this.go(word);
        this.finish();
        return this.begin(word, next);
      case 'list':
        return this.begin(word, next);
    }
  }

  /** A word where a statement may start. */
  private begin(word: string, next: () => string): Part {
    if (this.closing) {
      this.closing = false;
      if (word === 'TRY' || word === 'CATCH') return 'frame';
    }
    if (word === ';') return 'frame';
    for (let frame = this.frames.at(-1); frame?.phase === 'answered'; frame = this.frames.at(-1)) {
      if (word === 'ELSE') {
        frame.phase = 'else';
        return 'frame';
      }
      this.frames.pop();
      this.finish();
    }
    this.outermost = this.frames.length === 0;
    if (word === 'END' && this.frames.at(-1)?.kind === 'block' && next() !== 'CONVERSATION') {
      this.frames.pop();
      this.finish();
      this.closing = true;
      return 'frame';
    }
    if (word === 'IF' || word === 'WHILE') {
      this.push(word === 'IF' ? 'if' : 'while', 'condition');
      this.mode = 'condition';
      return 'frame';
    }
    if (word === 'BEGIN' && !notBlocks.has(next())) {
      this.push('block', 'body');
      if (next() === 'CATCH') this.frames.at(-1)!.catches = true;
      // TRY and CATCH belong to it; ATOMIC takes options in parentheses.
      this.mode = next() === 'ATOMIC' ? 'header' : 'list';
      this.closing = this.mode === 'list';
      return 'frame';
    }
    this.mode = 'simple';
    this.parentheses = 0;
    this.cases = 0;
    this.first = word;
    this.second = '';
    this.words = 0;
    this.verb = word === 'WITH' ? '' : word;
    this.acted = false;
    this.complete = next() === ':' && !heads.has(word);
    this.go(word);
    return 'statement';
  }

  private push(kind: Frame['kind'], phase: Frame['phase']): void {
    this.parentheses = 0;
    this.cases = 0;
    this.frames.push({ kind, phase, from: this.at, to: this.at });
  }

  /** A statement is over: so is a WHILE around it, and an IF may go on with ELSE. */
  private finish(): void {
    this.mode = 'list';
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (frame.kind === 'if' && frame.phase === 'body') {
        frame.phase = 'answered';
        return;
      }
      if (frame.kind !== 'while' && frame.phase !== 'else') return;
      this.frames.pop();
    }
  }

  private endsCondition(word: string, next: () => string): boolean {
    if (word === '(') this.parentheses++;
    else if (word === ')') this.parentheses--;
    if (this.parentheses > 0 || word === ')') return false;
    if (word === 'CASE') this.cases++;
    else if (word === 'END' && this.cases > 0) this.cases--;
    if (this.cases > 0) return false;
    // UPDATE(column) asks, in a trigger; behind a condition these others can only start a statement.
    if (word === 'UPDATE') return next() !== '(';
    if (word === ';' || word === 'WITH' || word === 'END') return true;
    return (isHead(word, next) && this.previous !== '.') || (word === 'SEND' && next() === 'ON') || word === 'RECEIVE';
  }

  /** The words of a routine before its body, or of BEGIN ATOMIC before its statements. */
  private header(word: string, next: () => string): Part {
    const frame = this.frames.at(-1)!;
    if (word === '(') this.parentheses++;
    else if (word === ')') this.parentheses--;
    if (this.parentheses > 0) return 'frame';
    if (frame.kind === 'block') {
      if (word === ')') this.mode = 'list';
      return 'frame';
    }
    // `@a AS int` is a parameter, EXECUTE AS an option.
    const body = word === 'AS' && !this.previous.startsWith('@') && !/^EXEC/.test(this.previous);
    // A function may do without AS.
    if (!body && word !== 'BEGIN' && word !== 'RETURN') return 'frame';
    this.mode = 'list';
    frame.to = this.at;
    return body ? 'frame' : this.begin(word, next);
  }

  /** Whether the statement at hand is over before this word. */
  private endsBefore(word: string, next: () => string): boolean {
    if (word === ';') return true;
    if (this.complete && this.words > 1) return true;
    if (this.parentheses > 0 || this.cases > 0) return false;
    // GENERATED ALWAYS AS ROW END.
    if (word === 'END') return !periods.has(this.previous);
    if (word === 'ELSE') return true;
    return isHead(word, next) && !this.belongs(word, next);
  }

  /** Whether a head goes on with the statement at hand. */
  private belongs(word: string, next: () => string): boolean {
    const { previous, first, second, verb, acted } = this;
    if (joining.has(previous)) return true;
    if ((previous === 'AFTER' || previous === 'BEFORE') && second === 'SECURITY') return true;
    if (first === 'GRANT' || first === 'REVOKE' || first === 'DENY') return !acted;
    if (first === 'ALTER' && second !== 'TABLE' && !acted && actions.has(word)) return true;
    switch (word) {
      case 'SELECT':
        return (
          setOperations.has(previous) ||
          (verb === '' && !acted) ||
          (verb === 'INSERT' && !acted) ||
          (first === 'RETURN' && previous === 'RETURN' && this.isInline()) ||
          (first === 'CREATE' && previous === 'AS')
        );
      case 'SET':
        // ON DELETE SET NULL.
        if (second === 'TABLE' && (previous === 'DELETE' || previous === 'UPDATE')) return true;
        if (first === 'ALTER') return second === 'TABLE' && next() === '(';
        return (verb === 'UPDATE' && !acted) || (verb === 'MERGE' && previous === 'UPDATE');
      case 'DROP':
        return first === 'ALTER' && (!acted || properties.has(next()));
      case 'ALTER':
        return previous === 'OR' || (first === 'ALTER' && (!acted || next() === 'COLUMN'));
      case 'EXEC':
      case 'EXECUTE':
        return verb === 'INSERT' && !acted;
      case 'UPDATE':
      case 'DELETE':
        return verb === '' || (previous === 'ON' && second === 'TABLE') || (word === 'UPDATE' && next() === '(');
      case 'INSERT':
        return verb === '';
      case 'MERGE':
        return verb === '' || ['JOIN', 'RANGE', 'UNION'].includes(next());
      case 'IF':
        return (first === 'DROP' || first === 'ALTER') && objects.has(previous) && next() === 'EXISTS';
      case 'FETCH':
        return previous === 'ROW' || previous === 'ROWS';
      case 'DISABLE':
      case 'ENABLE':
        return first === 'ALTER';
      default:
        return false;
    }
  }

  /** Whether the statement is the first one of a function: RETURN SELECT is all that an inline one does. */
  private isInline(): boolean {
    const routine = this.frames.at(-1);
    return routine?.kind === 'routine' && this.at - routine.to <= 2;
  }

  /** Goes on with the statement at hand. */
  private go(word: string): Part {
    const words = this.words++;
    if (words === 1) this.second = word;
    if (word === '(') {
      this.parentheses++;
      // A query in parentheses is the source of an INSERT, known by its first word.
      return 'within';
    }
    if (word === ')') {
      this.parentheses--;
      return 'within';
    }
    if (this.parentheses > 0) {
      if (word === 'SELECT' && this.previous === '(' && this.verb === 'INSERT' && this.parentheses === 1)
        this.acted = true;
      return 'within';
    }
    if (word === 'CASE') this.cases++;
    else if (word === 'END' && this.cases > 0) this.cases--;
    else if (words > 0) {
      if (routines.has(word) && (words === 1 || (words === 3 && this.previous === 'ALTER')) && this.isDefinition()) {
        this.push('routine', 'body');
        this.mode = 'header';
        return 'header';
      }
      this.note(word);
    }
    return 'within';
  }

  private isDefinition(): boolean {
    return this.first === 'CREATE' || this.first === 'ALTER';
  }

  /** Notes what the statement has of what it needs. */
  private note(word: string): void {
    const { first, verb } = this;
    if (word === 'WITH' && this.awaitsQuery()) this.verb = '';
    else if (verb === '') {
      if (/^(SELECT|INSERT|UPDATE|DELETE|MERGE)$/.test(word)) this.verb = word;
    } else if (verb === 'INSERT') {
      if (/^(SELECT|VALUES|EXEC|EXECUTE)$/.test(word)) this.acted = true;
    } else if (verb === 'UPDATE') {
      if (word === 'SET' || (word === 'STATISTICS' && this.words === 2)) this.acted = true;
    } else if (first === 'GRANT' || first === 'REVOKE' || first === 'DENY') {
      if (word === 'TO' || (word === 'FROM' && first !== 'GRANT')) this.acted = true;
    } else if (first === 'ALTER' && this.words > 3 && this.previous !== '.' && actions.has(word)) this.acted = true;
  }

  /** `CURSOR FOR WITH … SELECT`, `RETURN WITH … SELECT`. */
  private awaitsQuery(): boolean {
    if (this.first === 'RETURN') return this.previous === 'RETURN' && this.isInline();
    return (this.first === 'DECLARE' || this.first === 'SET') && this.previous === 'FOR';
  }
}

/** Tells where a statement of T-SQL ends with nothing to mark it. */
export class BareStatement {
  private readonly walk = new BatchWalk();
  private seen = false;
  private empty = true;

  /** Whether a semicolon belongs to the statement, since it holds others. */
  get open(): boolean {
    return this.walk.frames.length > 0;
  }

  /** Whether the next word starts another statement. */
  endsBefore(word: string, next: () => string): boolean {
    if (this.empty) return false;
    this.seen = true;
    return this.walk.take(word, next) !== 'within' && this.walk.outermost;
  }

  see(word: string, next: () => string): void {
    if (!this.seen) this.walk.take(word, next);
    this.seen = false;
    this.empty = false;
  }
}
