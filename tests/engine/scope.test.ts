import { expect, test } from 'vitest';
import { scopeOf } from '../../src/engine/scope.js';

test.each([
  'tests/a.py',
  'app/test/models.py',
  'src/__tests__/a.ts',
  'src/user.spec.ts',
  'src/user.test.tsx',
  'app/test_models.py',
  'app/models_test.py',
  'conftest.py',
  'e2e/setup.ts',
  'src/user.e2e-spec.ts',
])('%s is a test', (path) => {
  expect(scopeOf(path)).toBe('test');
});

test.each([
  'migrations/1700000000000-add-test-results.ts',
  'migrations/20240101_unique_test_index.sql',
  'app/contest/models.py',
  'app/latest.py',
  'src/testimonial.entity.ts',
  'src/spec.ts',
])('%s belongs to the project', (path) => {
  expect(scopeOf(path)).toBe('project');
});
