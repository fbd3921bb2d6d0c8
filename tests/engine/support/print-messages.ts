import { lintProject, messages } from './linter.js';

process.stdout.write(JSON.stringify(messages(await lintProject({ cwd: process.argv[2]! }))));
