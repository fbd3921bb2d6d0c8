import tseslint from 'typescript-eslint';

/** Which folders of src (and the single files) a layer may not import: the import law of docs/architecture.md. */
const law = [
  { layer: 'ir', files: ['src/ir/**'], forbid: ['../*', '!./*'] },
  {
    layer: 'queries and rule.ts',
    files: ['src/queries/**', 'src/rule.ts', 'src/options.ts'],
    forbid: [
      '**/engine/**',
      '**/frontends/**',
      '**/config/**',
      '**/cli/**',
      '**/eslint/**',
      '**/reporters/**',
      '**/rules/**',
    ],
  },
  {
    layer: 'rules',
    files: ['rules/**'],
    forbid: ['**/engine/**', '**/frontends/**', '**/config/**', '**/cli/**', '**/eslint/**', '**/reporters/**'],
  },
  {
    layer: 'sql front end',
    files: ['src/frontends/sql/**'],
    forbid: [
      '**/python/**',
      '**/typescript/**',
      '**/prisma/**',
      '**/engine/**',
      '**/config/**',
      '**/cli/**',
      '**/eslint/**',
      '**/queries/**',
      '**/rules/**',
      '**/rule.js',
    ],
  },
  {
    layer: 'python front end',
    files: ['src/frontends/python/**'],
    forbid: [
      '**/typescript/**',
      '**/prisma/**',
      '**/engine/**',
      '**/config/**',
      '**/cli/**',
      '**/eslint/**',
      '**/queries/**',
      '**/rules/**',
      '**/rule.js',
    ],
  },
  {
    layer: 'typescript front end',
    files: ['src/frontends/typescript/**'],
    forbid: [
      '**/python/**',
      '**/prisma/**',
      '**/engine/**',
      '**/config/**',
      '**/cli/**',
      '**/eslint/**',
      '**/queries/**',
      '**/rules/**',
      '**/rule.js',
    ],
  },
  {
    layer: 'engine',
    files: ['src/engine/**', 'src/config/**', 'src/reporters/**'],
    forbid: [
      '**/frontends/sql/**',
      '**/frontends/python/**',
      '**/frontends/typescript/**',
      '**/cli/**',
      '**/eslint/**',
      '**/rules/*/**',
    ],
  },
  { layer: 'eslint', files: ['src/eslint/**'], forbid: ['**/cli/**'] },
];

export default tseslint.config(
  { ignores: ['dist/**', 'release/**', 'fixtures/**', 'node_modules/**'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.js'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...law.map(({ layer, files, forbid }) => ({
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: forbid, message: `The import law (docs/architecture.md) does not let ${layer} import this.` },
          ],
        },
      ],
    },
  })),
);
