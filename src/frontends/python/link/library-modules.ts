import type { ModuleSymbols } from '../models/raw.js';

/**
 * Modules of libraries whose classes give columns to a project's models, and of such as are known to give none: what
 * they declare, in the words of the library that maps it.
 */
export const libraryModules: { readonly [path: string]: string } = {
  'oslo_db/sqlalchemy/models.py': `
from sqlalchemy import Column, DateTime, Integer
class ModelBase:
    pass
class ModelIterator:
    pass
class TimestampMixin:
    created_at = Column(DateTime, default=lambda: timeutils.utcnow())
    updated_at = Column(DateTime, onupdate=lambda: timeutils.utcnow())
class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)
`,
  'authlib/oauth2/rfc6749.py': `
class ClientMixin:
    pass
class TokenMixin:
    pass
class AuthorizationCodeMixin:
    pass
`,
};

/** The paths of those that a project's modules ask for. */
export function libraryModulesFor(modules: readonly ModuleSymbols[]): string[] {
  return Object.keys(libraryModules).filter((path) => {
    const name = path.replace(/\.py$/, '').replaceAll('/', '.');
    return modules.some(({ asked }) => asked.some((each) => each.startsWith(`${name}.`)));
  });
}
