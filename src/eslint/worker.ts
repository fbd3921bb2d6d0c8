import { runAsWorker } from 'synckit';
import { rules } from '../../rules/index.js';
import { ConfigurationError } from '../config/errors.js';
import type { FileInHand } from '../engine/file-in-hand.js';
import { ProjectIndex } from '../engine/project-index.js';
import { frontEnds } from '../frontends/registry.js';
import type { Method, Methods, Reply } from './protocol.js';

const indexes = new Map<string, ProjectIndex>();
let inHand: FileInHand | undefined;

const methods: { [M in Method]: (...args: Parameters<Methods[M]>) => Promise<ReturnType<Methods[M]>> } = {
  async open({ root, path, text }) {
    inHand = undefined;
    let index = indexes.get(root);
    if (!index) indexes.set(root, (index = new ProjectIndex(root, { rules, frontEnds })));
    inHand = await index.open(path, text);
  },
  async check(rule, options) {
    return inHand?.check(rule, options) ?? [];
  },
};

async function dispatch<M extends Method>(method: M, ...args: Parameters<Methods[M]>): Promise<Reply<M>> {
  try {
    return { value: await methods[method](...args) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { refusal: error.message };
    const { stack = String(error) } = error as Error;
    // The error and where it was thrown; the rest of the stack says nothing to a reader of a lint report.
    return {
      crash: stack
        .split('\n', 2)
        .map((line) => line.trim())
        .join(' '),
    };
  }
}

runAsWorker(dispatch as (...args: never[]) => Promise<unknown>);
