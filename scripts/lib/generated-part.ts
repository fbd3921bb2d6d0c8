const begin = (part: string): string => `<!-- begin ${part}: generated -->`;
const end = (part: string): string => `<!-- end ${part} -->`;

/** A page with one generated part brought up to date; put below `heading`, or first, where the page doesn't have it yet. */
export function withPart(page: string, part: string, text: string, heading?: string): string {
  const block = `${begin(part)}\n\n${text}\n\n${end(part)}`;
  const from = page.indexOf(begin(part));
  const to = page.indexOf(end(part));
  if (from >= 0 && to > from) return page.slice(0, from) + block + page.slice(to + end(part).length);
  if (heading === undefined) return `${block}\n\n${page}`;
  const below = page.indexOf(`${heading}\n`);
  if (below < 0) return `${page.trimEnd()}\n\n${heading}\n\n${block}\n`;
  const at = below + heading.length + 1;
  return `${page.slice(0, at)}\n${block}\n${page.slice(at)}`;
}
