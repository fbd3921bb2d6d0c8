export function search(
  engine: { query(text: object): unknown; execute(command: string): void },
  term: string,
): unknown {
  engine.execute('open the pod bay doors');
  const database = new Map<string, string>();
  database.delete(term);
  return engine.query({ match: { title: `select ${term}` } });
}

export const pattern = String.raw`select \d+ from .*`;
export const page = `Select ${'one'} from the list`;
export const menu = { text: 'Update your profile', execute: () => `Delete ${'it'}` };
