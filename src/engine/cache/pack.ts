import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Dialect } from '../../ir/index.js';
import { newHash } from './hash.js';

/** A file that was read, with what it was read as. */
export interface PackedFile {
  path: string;
  /** Hash of the text, and of what was wrong with it. */
  content: string;
  /** Where it stands, in JSON: its scope and its migration folder. */
  place: string;
  dialect: Dialect;
  /** Marks of dialects in its text, where they were looked for. */
  marks: number[] | undefined;
  /** Linked facts in JSON, before their statements are verified. */
  linked: string;
  /** JSON of what linking changed or no one else reads: as it was before. */
  unlinked: string;
  /** What the grammars wrote into the facts, as a patch of `linked` in JSON; empty where they were not asked. */
  verdicts: string;
}

/** How the files of one front end were linked. */
export interface PackedLink {
  /** Of all files that took part. */
  digest: string;
  /** Paths of files that facts waited for, whether there are any or not. */
  asked: string[];
}

/** All that is kept of one project. */
export interface Pack {
  /** Files that hold nothing of the data layer: stamp and place by path. */
  skipped: Map<string, [stamp: string, place: string]>;
  files: Map<string, PackedFile>;
  links: { [frontEnd: string]: PackedLink };
}

type Header = {
  owner: string;
  body: string;
  places: string[];
  skipped: [path: string, stamp: string, place: number][];
  files: [path: string, content: string, place: number, dialect: Dialect, marks: number[] | null][];
  links: Pack['links'];
};

/** A pack above this size costs more than it saves. */
const sizeLimit = 256 * 1024 * 1024;
/** Packs of other projects that are kept beside a new one. */
const packLimit = 100;
const linesPerFile = 3;

export const emptyPack = (): Pack => ({ skipped: new Map(), files: new Map(), links: {} });

const checksum = (body: string): string => (body === '' ? '' : newHash().update(body).digest('hex'));

/**
 * Reads a pack. What is damaged, too large or of another owner counts as empty.
 * @param owner project, version and build that the pack must have been written for
 */
export function readPack(file: string, owner: string): Pack {
  try {
    if (statSync(file).size > sizeLimit) return emptyPack();
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const header = JSON.parse(text.slice(0, end)) as Header;
    const body = text.slice(end + 1);
    return header.owner === owner && header.body === checksum(body) ? unpacked(header, body) : emptyPack();
  } catch {
    return emptyPack();
  }
}

function unpacked({ places, skipped, files, links }: Header, body: string): Pack {
  const lines = body.split('\n');
  return {
    skipped: new Map(skipped.map(([path, stamp, place]) => [path, [stamp, places[place]!]])),
    files: new Map(
      files.map(([path, content, place, dialect, marks], index) => {
        const first = index * linesPerFile;
        const [linked, unlinked, verdicts] = lines.slice(first, first + linesPerFile) as [string, string, string];
        return [
          path,
          { path, content, place: places[place]!, dialect, marks: marks ?? undefined, linked, unlinked, verdicts },
        ];
      }),
    ),
    links,
  };
}

/** Writes a pack whole or not at all: a run at the same time reads the old one or the new one. */
export function writePack(file: string, owner: string, { skipped, files, links }: Pack): void {
  const places = new Map<string, number>();
  const numberOf = (place: string): number => {
    const known = places.get(place) ?? places.size;
    places.set(place, known);
    return known;
  };
  const body = [...files.values()].map(({ linked, unlinked, verdicts }) => `${linked}\n${unlinked}\n${verdicts}\n`);
  const joined = body.join('');
  const header: Header = {
    owner,
    body: checksum(joined),
    skipped: [...skipped].map(([path, [stamp, place]]) => [path, stamp, numberOf(place)]),
    files: [...files.values()].map((each) => [
      each.path,
      each.content,
      numberOf(each.place),
      each.dialect,
      each.marks ?? null,
    ]),
    links,
    places: [...places.keys()],
  };
  const text = `${JSON.stringify(header)}\n${joined}`;
  if (text.length > sizeLimit) return;
  try {
    // Facts quote the project's sources, so no one else may read them.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    prune(dirname(file), basename(file));
    replaceWith(file, text);
  } catch {
    // A cache that can't be written is none.
  }
}

function replaceWith(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600 });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Removes the packs that were written longest ago where a new one makes them too many. */
function prune(folder: string, name: string): void {
  const names = readdirSync(folder);
  if (names.includes(name) || names.length < packLimit) return;
  const aged = names
    .map((each) => ({ each, time: statSync(join(folder, each)).mtimeMs }))
    .sort((a, b) => a.time - b.time);
  for (const { each } of aged.slice(0, names.length - packLimit + 1)) rmSync(join(folder, each), { force: true });
}
