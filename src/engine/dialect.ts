import { posix } from 'node:path';
import type { Dialect } from '../ir/index.js';
import { manifestVotes } from './dialect-manifests.js';
import { dialectOfSqlPath } from './dialect-names.js';
import { markVotes } from './dialect-signs.js';
import type { Vote } from './dialect-votes.js';
import type { ReadText } from './project-folders.js';

/** The dialects by what speaks for each, most first. */
function ranked(votes: readonly Vote[], kind: Vote['kind']): { dialect: Dialect; weight: number; best: Vote }[] {
  const sums = new Map<Dialect, { dialect: Dialect; weight: number; best: Vote }>();
  for (const vote of votes) {
    if (vote.kind !== kind) continue;
    const { dialect, weight } = vote;
    const sum = sums.get(dialect);
    const best = sum === undefined || weight > sum.best.weight ? vote : sum.best;
    sums.set(dialect, { dialect, weight: (sum?.weight ?? 0) + weight, best });
  }
  return [...sums.values()].sort((a, b) => b.weight - a.weight);
}

/** The one dialect that most speaks for, and why. A tie is no answer. */
function winner(votes: readonly Vote[]): { dialect: Dialect; why: string } | undefined {
  for (const kind of ['stated', 'mark'] as const) {
    const [first, second] = ranked(votes, kind);
    if (first === undefined || first.weight === second?.weight) continue;
    return { dialect: first.dialect, why: first.best.why };
  }
  return undefined;
}

const isSql = (path: string): boolean => /\.sql$/i.test(path);

/**
 * Tells the dialect of a file by evidence: the nearest folder upwards whose evidence decides, else the project as a
 * whole. `unknown` where the evidence is balanced or there is none.
 */
export class DialectEvidence {
  private readonly byFolder = new Map<string, Vote[]>();
  private readonly all: Vote[] = [];
  /** What the texts of SQL files speak for, by path. */
  private readonly texts = new Map<string, Vote[]>();
  /** What the votes for a folder, a file or a history, or `` for all of them, came to. */
  private readonly winners = new Map<string, ReturnType<typeof winner>>();

  private add(folder: string, votes: Iterable<Vote>): void {
    this.winners.clear();
    for (const vote of votes) {
      this.all.push(vote);
      const known = this.byFolder.get(folder);
      if (known) known.push(vote);
      else this.byFolder.set(folder, [vote]);
    }
  }

  /** Takes in the manifests and settings files of the project. */
  addManifests(paths: readonly string[], read: ReadText): void {
    for (const path of paths) {
      const votes = manifestVotes(path, read);
      if (votes !== undefined) this.add(posix.dirname(path), votes);
    }
  }

  /** Takes in what the text of a file of the data layer speaks for. */
  addMarks(path: string, marks: readonly number[]): void {
    const named = isSql(path) ? dialectOfSqlPath(path) : undefined;
    const votes = [...markVotes(marks, path)];
    if (isSql(path)) this.texts.set(path, votes);
    // A file speaks once for the project, however often it shows its dialect, and not against the name that it bears.
    const heard = votes.filter(({ dialect }) => named === undefined || dialect === named);
    this.add(posix.dirname(path), new Map(heard.map((vote) => [`${vote.dialect}${vote.kind}`, vote])).values());
  }

  /**
   * The dialect that holds for a path. What the path of an SQL file names comes first, then what its own text shows, or
   * the texts of its history.
   * @param history folder of migrations that it belongs to
   */
  dialectFor(path: string, history?: string): Dialect {
    if (isSql(path)) {
      const own = dialectOfSqlPath(path) ?? this.shownBy(history === undefined ? path : `${history}/`);
      if (own !== undefined) return own;
    }
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.winnerOf(folder, () => this.statedIn(folder));
      if (found) return found.dialect;
      if (folder === '.') return this.main()?.dialect ?? 'unknown';
    }
  }

  /** The dialects that as much speaks for as for any other, where that leaves none for the project as a whole. */
  tied(): Dialect[] {
    if (this.main() !== undefined) return [];
    const stated = ranked(this.all, 'stated');
    const all = stated.length > 0 ? stated : ranked(this.all, 'mark');
    return all.filter(({ weight }) => weight === all[0]!.weight).map(({ dialect }) => dialect);
  }

  /** The dialect of the project as a whole. */
  main(): { dialect: Dialect; why: string } | undefined {
    return this.winnerOf('', () => this.all);
  }

  /** What a file, or all files below a folder, show without doubt. */
  private shownBy(path: string): Dialect | undefined {
    const found = this.winnerOf(path, () => {
      const paths = path.endsWith('/') ? [...this.texts.keys()].filter((each) => each.startsWith(path)) : [path];
      const votes = paths.flatMap((each) => this.texts.get(each) ?? []);
      const counts = new Map<Dialect, number>();
      for (const { dialect } of votes) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
      const [first = 0, second = 0] = [...counts.values()].sort((a, b) => b - a);
      return first >= 2 && first >= 2 * second ? votes : [];
    });
    return found?.dialect;
  }

  private statedIn(folder: string): Vote[] {
    return (this.byFolder.get(folder) ?? []).filter(({ kind }) => kind === 'stated');
  }

  /** Counted once for all files that ask, until there is further evidence. */
  private winnerOf(folder: string, votes: () => readonly Vote[]): ReturnType<typeof winner> {
    if (!this.winners.has(folder)) this.winners.set(folder, winner(votes()));
    return this.winners.get(folder);
  }
}
