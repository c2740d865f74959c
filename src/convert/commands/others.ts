import { absolute } from '../paths.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

/** PHP, Ruby, and what else builds in a language of its own. */
export const OTHERS: Readonly<Record<string, Judge>> = {
  composer,
  'composer.phar': composer,
  php: (call) =>
    /composer(\.phar)?$/.test(call.args[0] ?? '') ? composer({ ...call, args: call.args.slice(1) }) : program(call),
  'docker-php-ext-install': phpExtension,
  'docker-php-ext-configure': () => verdict('build', 'php-extension', { writes: ['/usr/src/php'] }),
  'docker-php-ext-enable': () => verdict('build', 'php-extension', { writes: ['/usr/local/etc/php/conf.d'] }),
  'install-php-extensions': () => verdict('system', 'system-change', { args: { program: 'install-php-extensions' } }),
  pecl: phpExtension,
  pear: phpExtension,
  phpize: (call) => verdict('build', 'compile', { writes: [call.cwd] }),
  bundle,
  bundler: bundle,
  gem,
  rake: buildStep,
  rails: buildStep,
  ruby: program,
  perl: program,
  cpan: () => verdict('unknown', 'program-unknown', { args: { program: 'cpan' } }),
  cpanm: () => verdict('unknown', 'program-unknown', { args: { program: 'cpanm' } }),
  R: () => verdict('unknown', 'program-unknown', { args: { program: 'R' } }),
  Rscript: () => verdict('unknown', 'program-unknown', { args: { program: 'Rscript' } }),
};

function composer(call: Invocation): Verdict {
  const [command = 'install'] = operands(call.args, ['-d', '--working-dir']);
  if (command === 'global')
    return verdict('build', 'php-install', {
      writes: [absolute(call.home, '.composer'), absolute(call.home, '.config/composer')],
    });
  if (/^(config|clear-cache|clearcache|self-update|diagnose)$/.test(command)) return verdict('build', 'tool-settings');
  const folder = absolute(call.cwd, option(call.args, '-d', '--working-dir') ?? '.');
  return verdict('build', 'php-install', {
    writes: [folder],
    names: ['vendor'],
    leaves: [{ kind: 'composer-cache', name: 'composer' }],
  });
}

function phpExtension(call: Invocation): Verdict {
  return verdict('build', 'php-extension', {
    writes: ['/usr/local/lib/php/extensions', '/usr/local/etc/php/conf.d'],
    packages: operands(call.args, ['-j']).filter((word) => word !== 'install'),
  });
}

function bundle(call: Invocation): Verdict {
  const [command = 'install'] = operands(call.args, ['--jobs', '-j', '--retry', '--without', '--path', '--gemfile']);
  const gems =
    call.scope.get('BUNDLE_PATH')?.value ??
    option(call.args, '--path') ??
    call.scope.get('GEM_HOME')?.value ??
    '/var/lib/gems';
  if (command === 'config') return verdict('build', 'tool-settings', { writes: ['/usr/local/bundle'] });
  if (/^(install|update|package|cache)$/.test(command)) {
    return verdict('build', 'ruby-install', {
      writes: [absolute(call.cwd, gems), call.cwd],
      names: ['Gemfile.lock'],
      leaves: [{ kind: 'gem-cache', name: 'bundler' }],
    });
  }
  return verdict('build', 'ruby-build', { writes: [call.cwd] });
}

function gem(call: Invocation): Verdict {
  const gems = call.scope.get('GEM_HOME')?.value ?? '/usr/local/lib/ruby/gems';
  if (!has(call.args, 'install', 'update', 'i')) return verdict('neutral', 'nothing-changed');
  const programs = gems === '/usr/local/bundle' ? [] : ['/usr/local/bin'];
  const system = has(call.args, '--system') ? ['/usr/local/lib/ruby', '/usr/local/bin'] : [];
  return verdict('build', 'ruby-install', { writes: [gems, ...programs, ...system] });
}

function buildStep(call: Invocation): Verdict {
  return verdict('build', 'ruby-build', { writes: [call.cwd] });
}

function program(call: Invocation): Verdict {
  const [first = call.name] = call.args;
  if (/^(-v|-V|--version|-m|-i)$/.test(first)) return verdict('neutral', 'nothing-changed');
  return verdict('program', 'program-run', {
    writes: [call.cwd],
    args: { program: first.startsWith('-') ? call.name : first },
  });
}
