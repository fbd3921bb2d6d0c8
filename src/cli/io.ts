/** What a command may touch of the process. */
export interface Io {
  cwd: string;
  env: { readonly [name: string]: string | undefined };
  out: { write(text: string): void; isTerminal: boolean };
  err: { write(text: string): void };
}

/** The process's own streams. A reader that goes away (`ddlint | head`) ends nothing and is no error. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    out: { write: (text) => void process.stdout.write(text), isTerminal: process.stdout.isTTY === true },
    err: { write: (text) => void process.stderr.write(text) },
  };
}
