import type { FrontEnd, ReadContext, Reader, SourceFile } from '../frontends/front-end.js';
import type { FileFacts } from '../ir/index.js';

/** Keeps the last answer of a function per file, for as long as text and context stay the same. */
function perFile<T>(compute: (file: SourceFile, context: ReadContext) => T): typeof compute {
  const last = new Map<string, { text: string; context: string; value: T }>();
  return (file, context) => {
    const known = last.get(file.path);
    const key = JSON.stringify(context);
    if (known && known.text === file.text && known.context === key) return known.value;
    const value = compute(file, context);
    last.set(file.path, { text: file.text, context: key, value });
    return value;
  };
}

/** A front end that reads a file once for each text of it. Facts before linking hang on nothing else. */
export function remembering(frontEnd: FrontEnd): FrontEnd {
  let reader: Promise<Reader> | undefined;
  const load = async (): Promise<Reader> => {
    const loaded = await frontEnd.load();
    return {
      read: perFile<FileFacts>((file, context) => loaded.read(file, context)),
      link: (files) => loaded.link(files),
    };
  };
  return {
    ...frontEnd,
    mayMatter: perFile((file, context) => frontEnd.mayMatter(file, context)),
    load: () => (reader ??= load()),
  };
}
