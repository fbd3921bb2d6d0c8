import type { FileFacts } from '../ir/index.js';

/** Folders and file names of tests. Anchored, so that a migration named `…-test-results` stays a migration. */
const tests =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|fixtures?|specs?|e2e|testing|testdata|cypress)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.pyi?$|\.(?:spec|test|e2e-spec|cy)\.[cm]?[jt]sx?$|_test\.sql$/;

/** Whether a file belongs to the project or to its tests. */
export const scopeOf = (path: string): FileFacts['scope'] => (tests.test(path) ? 'test' : 'project');
