import { lintProject } from '../../../src/index.js';

const [cwd, cache] = process.argv.slice(2);
const { summary } = await lintProject({ cwd: cwd!, ...(cache !== undefined && { cache }) });
process.stdout.write(JSON.stringify(summary.files));
