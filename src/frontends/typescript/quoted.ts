import type { Name, Span } from '../../ir/index.js';

/** A name that a library sends in quotes, so that it keeps its case. */
export const quoted = (value: string, span: Span): Name => ({ value, quoted: true, span });
