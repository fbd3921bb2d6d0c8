export enum Role {
  Admin = 'admin',
  Editor = 'editor',
  Reader = "reader's",
}

export enum Level {
  Low,
  Middle,
  High = 10,
}

export const lengths = { name: 80, code: 12 } as const;
export const audited = { comment: 'Kept for audits.' } as const;
