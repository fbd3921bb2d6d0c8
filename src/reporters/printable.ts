const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text with control and bidirectional characters replaced: what stands in a linted file must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(control, '\ufffd');
}

/** The same on one line: line breaks and tabs become blanks. */
export function onOneLine(text: string): string {
  return printable(
    text
      .split(/[\r\n]+/)
      .map((line, index) => (index === 0 ? line.trimEnd() : line.trim()))
      .join(' ')
      .replaceAll('\t', ' '),
  );
}
