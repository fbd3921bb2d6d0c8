/** Steps that one file's evaluation may take. */
export const maxSteps = 200_000;
/** Items of a list that a loop goes through. */
export const maxIterations = 1_000;
/** Functions inside of each other that are followed. */
export const maxCallDepth = 8;
/** Blocks inside of each other, callers included, within which no further function is followed. */
export const maxNesting = 100;
