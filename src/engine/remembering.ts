import type { FrontEnd, ReadContext, Reader, SourceFile } from '../frontends/front-end.js';
import type { Dialect, FileFacts, Statement } from '../ir/index.js';

interface Answer<T> {
  text: string;
  context: string;
  value: T;
}

/** Keeps two answers of a function per file: for the text on disk and for the one that an editor has. */
function perFile<T>(compute: (file: SourceFile, context: ReadContext) => T): typeof compute {
  const known = new Map<string, Answer<T>[]>();
  return (file, given) => {
    const { path, text } = file;
    const context = JSON.stringify(given);
    const answers = known.get(path) ?? [];
    const answer = answers.find((each) => each.text === text && each.context === context) ?? {
      text,
      context,
      value: compute(file, given),
    };
    known.set(path, [answer, ...answers.filter((each) => each !== answer)].slice(0, 2));
    return answer.value;
  };
}

/** A front end that reads a file, and verifies its statements, once for each text. Facts before linking hang on nothing else. */
export function remembering(frontEnd: FrontEnd): FrontEnd {
  let reader: Promise<Reader> | undefined;
  const load = async (): Promise<Reader> => {
    const loaded = await frontEnd.load();
    return {
      read: perFile<FileFacts>((file, context) => loaded.read(file, context)),
      link: (files) => loaded.link(files),
      ...(loaded.wants && { wants: (files) => loaded.wants!(files) }),
    };
  };
  const verified = new WeakSet<Statement>();
  const loadVerifier = async (dialects: Iterable<Dialect>): Promise<(statements: Iterable<Statement>) => void> => {
    const verify = await frontEnd.loadVerifier!(dialects);
    return (statements) => {
      const fresh = [...statements].filter((statement) => !verified.has(statement));
      for (const statement of fresh) verified.add(statement);
      verify(fresh);
    };
  };
  return {
    ...frontEnd,
    mayMatter: perFile((file, context) => frontEnd.mayMatter(file, context)),
    load: () => (reader ??= load()),
    ...(frontEnd.loadVerifier && { loadVerifier }),
  };
}
