import tseslint from 'typescript-eslint';

const rooms = ['cli', 'config', 'engine', 'eslint', 'frontends', 'queries', 'reporters', 'rules'];
const languages = ['sql', 'python', 'typescript', 'config', 'prisma'];

/** Import patterns of all rooms but some. */
const roomsBut = (...allowed) => rooms.filter((room) => !allowed.includes(room)).map((room) => `**/${room}/**`);

/** What each layer may not import: the import law of docs/architecture.md. */
const law = [
  { layer: 'ir', files: ['src/ir/**'], forbid: ['../*', '!./*'] },
  {
    layer: 'queries and rule.ts',
    files: ['src/queries/**', 'src/rule.ts', 'src/options.ts'],
    forbid: roomsBut('queries'),
  },
  // The family config is no room.
  { layer: 'rules', files: ['rules/**'], forbid: [...roomsBut('queries', 'rules'), '!./config/**'] },
  ...languages.map((language) => ({
    layer: `${language} front end`,
    files: [`src/frontends/${language}/**`],
    // A front end shares its name with a room, and no pattern may come twice.
    forbid: [
      ...new Set([
        ...roomsBut('frontends'),
        '**/rule.js',
        ...languages.filter((other) => other !== language && other !== 'sql').map((other) => `**/${other}/**`),
      ]),
    ],
  })),
  {
    layer: 'engine',
    files: ['src/engine/**', 'src/config/**', 'src/reporters/**'],
    forbid: [
      ...languages.map((language) => `**/frontends/${language}/**`),
      '**/cli/**',
      '**/eslint/**',
      '**/rules/*/**',
    ],
  },
  { layer: 'eslint', files: ['src/eslint/**'], forbid: ['**/cli/**'] },
  { layer: 'cli', files: ['src/cli/**'], forbid: ['**/eslint/**'] },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'release/**',
      'fixtures/**',
      'node_modules/**',
      // Projects of other libraries' users: each has rules of its own.
      'tests/typescript/oracle/*/models/**',
      'tests/typescript/oracle/*/migrations/**',
    ],
  },
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
