import type { JournalEntry } from '../../ir/index.js';

/** The entries of a journal; none where it is no JSON, or not as drizzle-kit writes it. */
export function entriesOf(text: string): JournalEntry[] {
  const entries = parsed(text);
  const places = [...text.matchAll(/"tag"\s*:\s*"([^"\\]*)"/g)];
  if (entries.length !== places.length) return [];
  return places.flatMap((place, index) => {
    const tag = place[1]!;
    const { tag: own, when } = entries[index]!;
    if (own !== tag || typeof when !== 'number') return [];
    const end = place.index + place[0].length - 1;
    return [{ tag, when, span: { start: end - tag.length, end } }];
  });
}

function parsed(text: string): { tag?: unknown; when?: unknown }[] {
  try {
    const journal = JSON.parse(text) as { entries?: unknown } | null;
    const entries = journal?.entries;
    return Array.isArray(entries) ? entries.filter((each) => typeof each === 'object' && each !== null) : [];
  } catch {
    return [];
  }
}
