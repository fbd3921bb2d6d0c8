import fc from 'fast-check';

// Inside of a git hook, git's variables lead to the repository of the hook; a user's own settings change what git does.
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
process.env['GIT_CONFIG_SYSTEM'] = '/dev/null';

// What a run finds, the next one finds again. FC_SEED hunts elsewhere.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20261121) });
