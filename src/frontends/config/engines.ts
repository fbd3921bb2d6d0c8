import type { Engine, Setting } from '../../ir/index.js';
import { urlParts } from '../database-url.js';

/** The database that a settings file of Alembic's names. */
export function enginesOf(settings: readonly Setting[]): Engine[] {
  return settings.flatMap((setting): Engine[] => {
    if (setting.name !== 'sqlalchemy.url' || setting.section === 'tool.alembic' || setting.template) return [];
    const { value, span } = setting.value;
    const parts = urlParts([{ value, offsets: [[0, span.start]] }], span);
    return [
      {
        kind: 'configuration',
        api: setting.name,
        library: 'alembic',
        asynchronous: 'unknown',
        url: { span, from: 'text', ...(parts && { parts: withoutExpression(parts) }) },
        options: [],
        place: { in: 'module' },
        context: 'migration',
        span: { start: setting.nameSpan.start, end: span.end },
      },
    ];
  });
}

/** Nothing can take the place of text in a file that is not run. */
function withoutExpression(parts: NonNullable<NonNullable<Engine['url']>['parts']>): typeof parts {
  const { password, ...rest } = parts;
  return password === undefined
    ? rest
    : { ...rest, password: { span: password.span, value: password.value, of: 'url' } };
}
