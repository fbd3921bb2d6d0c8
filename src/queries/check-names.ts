/** Signs of a condition in words. */
const words: readonly [RegExp, string][] = [
  [/>=/g, ' at_least '],
  [/<=/g, ' at_most '],
  [/<>|!=/g, ' is_not '],
  [/>/g, ' above '],
  [/</g, ' below '],
  [/=/g, ' is '],
];

const longest = 40;

/** A name that says what a condition asks for: `price >= 0` is `price_at_least_0`. */
export function checkName(expression: string): string {
  const spelled = words.reduce((text, [sign, word]) => text.replace(sign, word), expression.toLowerCase());
  const parts = spelled.match(/[\p{L}\p{N}_]+/gu) ?? [];
  let name = '';
  for (const part of parts) {
    const longer = name === '' ? part : `${name}_${part}`;
    if (longer.length > longest) break;
    name = longer;
  }
  return name === '' ? 'valid' : name;
}
