import { join } from 'node:path';
import { decode } from '../engine/decode.js';
import { Git } from '../engine/git.js';
import { readDisk } from '../engine/tree.js';
import type { ReportContext } from '../reporters/reporter.js';

/** Larger files are reported without their code. */
const limit = 64_000_000;

/** Reads texts for code frames from where the findings came from: the work tree or the index. */
export function sourceReader(cwd: string, staged: boolean): ReportContext['source'] {
  const bytesOf = (path: string): Uint8Array | undefined => {
    if (staged) return new Git(cwd).run(['show', `:./${path}`]);
    const content = readDisk(join(cwd, path), limit);
    return 'bytes' in content ? content.bytes : undefined;
  };
  return (path) => {
    const bytes = bytesOf(path);
    return bytes && decode(bytes, /\.pyi?$/i.test(path) ? 'python' : undefined).text;
  };
}
