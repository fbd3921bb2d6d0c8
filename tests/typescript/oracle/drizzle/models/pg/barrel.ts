// A second way to the same tables.
export * as schema from './index.js';
export { accounts as people } from './accounts.js';
