import type { Reporter } from './reporter.js';

/** The result as it is: `{ findings, summary }`, for programs. */
export const json: Reporter = ({ findings, summary }) => `${JSON.stringify({ findings, summary }, null, 2)}\n`;
