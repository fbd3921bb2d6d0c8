import { lintProject } from '../../../src/index.js';

const { summary } = await lintProject({ cwd: process.argv[2]! });
process.stdout.write(JSON.stringify(summary.files));
