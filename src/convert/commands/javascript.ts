import { absolute } from '../paths.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

const GLOBAL = ['-g', '--global', '--location'];

export const JAVASCRIPT: Readonly<Record<string, Judge>> = {
  npm,
  cnpm: npm,
  pnpm,
  yarn,
  yarnpkg: yarn,
  bun,
  npx: buildStep,
  pnpx: buildStep,
  bunx: buildStep,
  corepack,
  node,
  nodejs: node,
  deno,
  bower: (call) => verdict('build', 'javascript-install', { writes: [call.cwd] }),
  n: () => verdict('unknown', 'program-unknown', { args: { program: 'n' } }),
  ...Object.fromEntries(
    [
      ...['tsc', 'webpack', 'vite', 'ng', 'gulp', 'grunt', 'rollup', 'parcel', 'esbuild', 'next', 'nuxt', 'nest'],
      ...[
        'react-scripts',
        'vue-cli-service',
        'prisma',
        'lerna',
        'nx',
        'turbo',
        'tsup',
        'babel',
        'sass',
        'eslint',
        'jest',
      ],
      ...[
        'ncc',
        'node-gyp',
        'browserify',
        'svelte-kit',
        'astro',
        'gatsby',
        'hexo',
        'ember',
        'expo',
        'mocha',
        'snowpack',
      ],
    ].map((name) => [name, buildStep]),
  ),
};

function npm(call: Invocation): Verdict {
  const [command = ''] = operands(call.args, ['--prefix', '-C', '--registry', '--loglevel', '--userconfig']);
  const folder = folderOf(call, '--prefix', '-C');
  if (/^(i|in|ins|install|add|ci|clean-install|install-clean|isntall|it|cit|install-test)$/.test(command))
    return install(call, folder);
  if (
    /^(run|run-script|rum|urn|test|t|tst|build|start|exec|x|rebuild|rb|pack|prune|dedupe|ddp|link|ln|audit|update|up|uninstall|un|rm|remove|init|set-script|pkg|version)$/.test(
      command,
    )
  ) {
    if (command === 'start' || command === 'exec') return verdict('build', 'javascript-build', { writes: [folder] });
    return verdict('build', command === 'prune' ? 'javascript-prune' : 'javascript-build', { writes: [folder] });
  }
  if (/^(config|set|c)$/.test(command) && call.args.some((word) => /^prefix\b/.test(word)))
    return verdict('system', 'npm-prefix');
  if (/^(config|set|c|login|adduser|cache|token)$/.test(command)) return verdict('build', 'tool-settings');
  return verdict('neutral', 'nothing-changed');
}

function pnpm(call: Invocation): Verdict {
  const [command = 'install'] = operands(call.args, ['-C', '--dir', '--filter', '-F', '--store-dir', '--reporter']);
  const folder = folderOf(call, '--dir', '-C');
  if (/^(i|install|add|ci|fetch|deploy)$/.test(command)) return install(call, folder, 'pnpm');
  if (/^(config|store|setup)$/.test(command)) return verdict('build', 'tool-settings');
  return verdict('build', command === 'prune' ? 'javascript-prune' : 'javascript-build', { writes: [folder] });
}

function yarn(call: Invocation): Verdict {
  const [command = 'install', second = ''] = operands(call.args, [
    '--cwd',
    '--network-timeout',
    '--registry',
    '--cache-folder',
  ]);
  const folder = folderOf(call, '--cwd');
  if (command === 'global') return second === 'add' ? globalInstall(call, 'yarn') : verdict('build', 'tool-settings');
  if (/^(install|add|workspaces|ci)$/.test(command) && !(command === 'workspaces' && second !== 'focus'))
    return install(call, folder, 'yarn');
  if (/^(config|cache|set|plugin|policies|autoclean)$/.test(command)) {
    return verdict('build', 'tool-settings', { writes: command === 'set' || command === 'policies' ? [folder] : [] });
  }
  return verdict('build', 'javascript-build', { writes: [folder] });
}

function bun(call: Invocation): Verdict {
  const [command = ''] = operands(call.args, ['--cwd']);
  const folder = folderOf(call, '--cwd');
  if (/^(i|install|add|ci)$/.test(command)) return install(call, folder, 'bun');
  return verdict('build', 'javascript-build', { writes: [folder] });
}

function install(call: Invocation, folder: string, manager = 'npm'): Verdict {
  if (has(call.args, ...GLOBAL)) return globalInstall(call, manager);
  return verdict('build', 'javascript-install', {
    writes: [folder],
    names: ['node_modules'],
    leaves: [{ kind: 'npm-cache', name: manager }],
  });
}

/** The programs of a global package are links from a `bin` folder into `lib/node_modules`. */
function globalInstall(call: Invocation, manager: string): Verdict {
  const packages = operands(call.args, ['--registry', '--loglevel', '--prefix']).filter(
    (word) => !/^(i|install|add|global|ci)$/.test(word),
  );
  const prefix = option(call.args, '--prefix') ?? call.scope.get('NPM_CONFIG_PREFIX')?.value ?? '/usr/local';
  const root = manager === 'yarn' ? [absolute(call.home, '.config/yarn/global')] : [`${prefix}/lib/node_modules`];
  return verdict('build', 'javascript-global', {
    writes: [...root, `${prefix}/bin`],
    packages,
    reads: packages.filter((word) => /^\.|\/$|^\/|\.tgz$/.test(word)).map((word) => absolute(call.cwd, word)),
    leaves: [{ kind: 'npm-cache', name: manager }],
  });
}

function buildStep(call: Invocation): Verdict {
  const words = operands(call.args);
  if ((call.name === 'playwright' || words[0] === 'playwright') && words.includes('install')) {
    if (has(call.args, '--with-deps')) return verdict('unknown', 'program-outside');
    const folder = call.scope.get('PLAYWRIGHT_BROWSERS_PATH')?.value ?? absolute(call.home, '.cache/ms-playwright');
    return verdict('build', 'data-download', { writes: [absolute(call.cwd, folder)] });
  }
  if (words.includes('install-deps')) return verdict('unknown', 'program-outside');
  return verdict('build', 'javascript-build', { writes: [call.cwd] });
}

function corepack(): Verdict {
  return verdict('system', 'corepack');
}

function node(call: Invocation): Verdict {
  const [first] = call.args;
  if (first === undefined || /^(-v|--version)$/.test(first)) return verdict('neutral', 'nothing-changed');
  return verdict('program', 'program-run', { writes: [call.cwd], args: { program: 'node' } });
}

function deno(call: Invocation): Verdict {
  const [command = ''] = operands(call.args);
  if (/^(cache|install)$/.test(command))
    return verdict('build', 'javascript-install', { writes: [call.cwd, '/deno-dir'] });
  return verdict('build', 'javascript-build', { writes: [call.cwd] });
}

function folderOf(call: Invocation, ...names: readonly string[]): string {
  const folder = option(
    call.args.filter((word) => word !== '-g'),
    ...names,
  );
  return folder === null ? call.cwd : absolute(call.cwd, folder);
}
