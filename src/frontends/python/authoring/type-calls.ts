const types: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^smallint$/, () => 'SmallInteger()'],
  [/^int(?:eger)?$/, () => 'Integer()'],
  [/^bigint$/, () => 'BigInteger()'],
  [/^text$/, () => 'Text()'],
  [/^(?:varchar|character varying)(?:\((\d+)\))?$/, ([, length]) => (length ? `String(length=${length})` : 'String()')],
  [/^bool(?:ean)?$/, () => 'Boolean()'],
  [/^date$/, () => 'Date()'],
  [/^(?:timestamp with time zone|timestamptz)$/, () => 'DateTime(timezone=True)'],
  [/^(?:timestamp|datetime|timestamp without time zone)$/, () => 'DateTime()'],
  [/^(?:numeric|decimal)\((\d+), ?(\d+)\)$/, ([, digits, scale]) => `Numeric(${digits!}, ${scale!})`],
  [/^(?:double precision|float)$/, () => 'Float()'],
  [/^uuid$/, () => 'Uuid()'],
  [/^json$/, () => 'JSON()'],
];

/** SQLAlchemy's type for a canonical one, as a call: `String(length=20)`; nothing for types that have no certain one. */
export function typeCall(type: string): string | undefined {
  for (const [form, write] of types) {
    const match = form.exec(type);
    if (match) return write(match);
  }
  return undefined;
}
