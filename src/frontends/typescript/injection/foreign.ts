import type { ts } from 'ts-morph';
import type { Receiver } from '../drivers/driver.js';
import type { Origin } from '../values/values.js';

export type ForeignReceivers = (origin: Origin) => Receiver | undefined;

const foreign = new WeakMap<ts.SourceFile, ForeignReceivers>();

/** Lets the receivers of a file be looked up in others, where the names of this one lead there. */
export const lookIn = (source: ts.SourceFile, receivers: ForeignReceivers): void => void foreign.set(source, receivers);

export const foreignReceiver = (at: ts.Node, origin: Origin): Receiver | undefined =>
  foreign.get(at.getSourceFile())?.(origin);
