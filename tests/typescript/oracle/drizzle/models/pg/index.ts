export * from './accounts.js';
export * from './billing.js';
export * from './enums.js';
export { embeddings, kinds as everyKind } from './kinds.js';
export * from './relations.js';
