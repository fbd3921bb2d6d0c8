import type { Dialect, Guard, Operation, Span, Statement, Step, TransactionState } from '../../ir/index.js';
import { readEmbedded } from '../sql/embedded.js';
import type { EmbeddedText } from '../sql/embedded-text.js';
import type { Circumstances } from './bodies.js';
import { isHole, type TextPart, type Value } from './values/values.js';

/** Turns the parts of a text into what the SQL front end reads, for the dialect that it is read with. */
type Embed = (parts: readonly TextPart[], dialect: Dialect) => EmbeddedText;

/** The steps of one half of a migration, in the order in which they run, with the circumstances of each. */
export class MigrationSteps {
  readonly list: Step[] = [];

  constructor(private readonly dialect: Dialect) {}

  add(operation: Operation, at: Circumstances, inTransaction: TransactionState): void {
    const placed = {
      ...operation,
      ...(at.guard && !operation.guard && { guard: at.guard }),
      ...(at.repeated && { repeated: true as const }),
    };
    this.list.push({ operation: placed, inTransaction });
  }

  /** A call that is not read. It may change anything, unless it is known to change rows alone. */
  opaque(
    reason: string,
    span: Span,
    at: Circumstances,
    inTransaction: TransactionState,
    changes: 'anything' | 'rows' = 'anything',
  ): void {
    const anything = changes === 'anything' && { anything: true as const };
    this.add({ kind: 'Opaque', reason, touches: [], ...anything, span, provenance: 'opaque' }, at, inTransaction);
  }

  /**
   * SQL text that a call sends. Where it may be one of several, each runs under a condition.
   * @param call where it stands, for text that is computed
   */
  send(
    value: Value | undefined,
    call: Span,
    at: Circumstances,
    inTransaction: TransactionState,
    embed = embedded,
  ): void {
    const texts = value?.kind === 'oneOf' ? value.values : [value];
    const guard: Guard | undefined = texts.length > 1 ? { kind: 'unknown', span: value!.span } : at.guard;
    const inner: Circumstances = guard ? { ...at, guard } : at;
    for (const text of texts) {
      if (text?.kind !== 'text' || text.parts.every(isHole))
        this.opaque('the SQL text is computed', call, inner, inTransaction);
      else this.text(embed(text.parts, dialectUnder(guard, this.dialect)), inner, inTransaction);
    }
  }

  text(text: EmbeddedText, at: Circumstances, inTransaction: TransactionState): void {
    const { guard } = at;
    const context = { dialect: dialectUnder(guard, this.dialect), inTransaction, ...(guard && { guard }) };
    for (const statement of readEmbedded(text, context)) {
      if (at.repeated) markRepeated(statement);
      this.list.push({ statement });
    }
  }
}

const embedded: Embed = (parts) =>
  parts.map((part) => (isHole(part) ? { span: part.span, style: 'js', bound: false } : part));

function markRepeated(statement: Statement): void {
  for (const operation of statement.operations) operation.repeated = true;
  for (const child of statement.children) markRepeated(child);
}

/** The dialect of what runs under a guard: another one than the project's where it runs on that alone. */
export const dialectUnder = ({ dialects }: Partial<Guard> = {}, otherwise: Dialect): Dialect =>
  dialects === undefined || dialects.includes(otherwise) ? otherwise : (dialects[0] ?? 'unknown');
