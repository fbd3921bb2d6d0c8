import type { FrontEnd } from './front-end.js';

/** What finds the front end of a path: by the extension, else by the names of settings files. */
export function frontEndsByPath(frontEnds: readonly FrontEnd[]): (path: string) => FrontEnd | undefined {
  const known = new Map(frontEnds.flatMap((each) => each.extensions.map((extension) => [extension, each] as const)));
  const named = frontEnds.filter(({ names }) => names !== undefined);
  return (path) => {
    const dot = path.lastIndexOf('.');
    const byExtension = dot < 0 ? undefined : known.get(path.slice(dot).toLowerCase());
    return byExtension ?? named.find(({ names }) => names!.test(path));
  };
}
