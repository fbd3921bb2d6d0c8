import pc from 'picocolors';

/** The colours of the human reporters by meaning. */
export function palette(color: boolean) {
  const colors = pc.createColors(color);
  return {
    error: (text: string) => colors.bold(colors.red(text)),
    warn: (text: string) => colors.bold(colors.yellow(text)),
    info: (text: string) => colors.bold(colors.blue(text)),
    rule: colors.bold,
    place: colors.cyan,
    faint: colors.dim,
    added: colors.green,
    removed: colors.red,
  };
}

export type Palette = ReturnType<typeof palette>;
