export * from './kinds.js';
export * from './shop.js';
