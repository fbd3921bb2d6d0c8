import type { Authoring, Setting, SettingPiece, TextEdit } from '../../../ir/index.js';
import type { SourceFile } from '../../front-end.js';
import { noPen } from '../../no-pen.js';

/** The pen for a settings file. */
export function pen({ text }: SourceFile): Authoring {
  return {
    ...noPen,
    separateComment: (setting, piece) => separateComment(setting, piece, text),
    escapePercent: ({ span }) => [{ span: { start: span.start, end: span.start + 1 }, text: '%%' }],
  };
}

/** A comment above the key and not behind the value. */
function separateComment({ nameSpan }: Setting, { span, text: comment }: SettingPiece, text: string): TextEdit[] {
  const line = Math.max(text.lastIndexOf('\n', nameSpan.start - 1), text.lastIndexOf('\r', nameSpan.start - 1)) + 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [
    { span: { start: line, end: line }, text: `${comment}${newline}` },
    { span, text: '' },
  ];
}
