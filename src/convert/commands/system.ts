import { absolute } from '../paths.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

const INSTALLERS: Readonly<Record<string, Judge>> = {
  'apt-get': apt,
  apt,
  aptitude: apt,
  'apt-fast': apt,
  apk,
  yum: dnf,
  dnf,
  microdnf: dnf,
  tdnf: dnf,
  zypper: dnf,
  rpm: () => verdict('system', 'system-package'),
  dpkg,
};

const SYSTEM_PROGRAMS = [
  ...['useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'groupmod', 'userdel', 'deluser', 'passwd', 'chpasswd'],
  ...['locale-gen', 'localedef', 'update-locale', 'dpkg-reconfigure', 'debconf-set-selections', 'ldconfig', 'chsh'],
  ...['update-alternatives', 'update-ca-certificates', 'a2enmod', 'a2dismod', 'a2ensite', 'a2dissite', 'a2enconf'],
  ...['apt-key', 'add-apt-repository', 'apt-mark', 'apt-add-repository', 'setcap', 'crontab', 'service', 'systemctl'],
  ...['update-rc.d', 'dpkg-divert', 'dpkg-statoverride', 'phpenmod', 'phpdismod', 'visudo', 'alternatives', 'sysctl'],
  ...['keytool', 'update-mime-database', 'fc-cache', 'fc-list', 'newaliases', 'rc-update', 'add-shell', 'sysv-rc-conf'],
];

const NEUTRAL_PROGRAMS = [
  ...[
    'set',
    'cd',
    'pushd',
    'popd',
    'export',
    'unset',
    'true',
    'false',
    ':',
    'test',
    '[',
    '[[',
    'echo',
    'printf',
    'cat',
  ],
  ...['ls', 'pwd', 'which', 'type', 'command', 'env', 'printenv', 'date', 'id', 'whoami', 'uname', 'sleep', 'exit'],
  ...[
    'grep',
    'egrep',
    'head',
    'tail',
    'sort',
    'uniq',
    'wc',
    'cut',
    'tr',
    'basename',
    'dirname',
    'readlink',
    'realpath',
  ],
  ...['du', 'df', 'stat', 'hash', 'umask', 'ulimit', 'shopt', 'wait', 'trap', 'local', 'readonly', 'shift', 'return'],
  ...['file', 'ldd', 'nproc', 'getconf', 'arch', 'dpkg-architecture', 'md5sum', 'sha1sum', 'sha256sum', 'sha512sum'],
  ...[
    'shasum',
    'yes',
    'tree',
    'less',
    'more',
    'source',
    '.',
    'getent',
    'java',
    'sync',
    'openssl',
    'base64',
    'jq',
    'apk-tools',
  ],
  ...[
    'apt-cache',
    'dpkg-query',
    'lsb_release',
    'hostname',
    'locale',
    'gpgconf',
    'seq',
    'expr',
    'let',
    'read',
    'ps',
    'kill',
  ],
];

export const SYSTEM: Readonly<Record<string, Judge>> = {
  ...INSTALLERS,
  ...Object.fromEntries(SYSTEM_PROGRAMS.map((name) => [name, system])),
  ...Object.fromEntries(NEUTRAL_PROGRAMS.map((name) => [name, neutral])),
  gpg,
  gpg2: gpg,
  openssl,
  'ssh-keyscan': neutral,
  'ssh-keygen': (call) =>
    verdict('files', 'files-changed', { writes: [absolute(call.cwd, option(call.args, '-f') ?? call.home)] }),
  'ssh-agent': neutral,
};

function apt(call: Invocation): Verdict {
  const [command = '', ...packages] = operands(call.args, ['-t', '--target-release', '-o', '-c']);
  if (command === 'install') return verdict('packages', 'packages', { packages, reads: localFiles(call, packages) });
  if (command === 'update') return verdict('packages', 'packages-list');
  if (/^(upgrade|dist-upgrade|full-upgrade|safe-upgrade)$/.test(command)) return verdict('system', 'system-upgrade');
  if (command === 'build-dep') return verdict('build', 'packages-build');
  return verdict('cleanup', 'packages-removed', { packages });
}

function dpkg(call: Invocation): Verdict {
  const [file, folder = '.'] = operands(call.args);
  if (has(call.args, '-i', '--install'))
    return verdict('system', 'system-package', { reads: localFiles(call, operands(call.args)) });
  if (!has(call.args, '-x', '--extract', '-X', '--vextract') || file === undefined) return neutral();
  return verdict('build', 'unpacked', { writes: [absolute(call.cwd, folder)], reads: [absolute(call.cwd, file)] });
}

/** Packages that are files: `./a.deb`, `/tmp/a.deb`. */
function localFiles(call: Invocation, words: readonly string[]): string[] {
  return words.filter((word) => /\.deb$/.test(word)).map((word) => absolute(call.cwd, word));
}

function apk(call: Invocation): Verdict {
  const [command = '', ...packages] = operands(call.args, [
    '-t',
    '--virtual',
    '--repository',
    '-X',
    '--allow-untrusted-keys',
  ]);
  if (command === 'add') return verdict('packages', 'packages', { packages });
  if (command === 'update') return verdict('packages', 'packages-list');
  if (command === 'upgrade') return verdict('system', 'system-upgrade');
  return verdict('cleanup', 'packages-removed', { packages });
}

function dnf(call: Invocation): Verdict {
  const [command = '', ...packages] = operands(call.args, ['--setopt', '--enablerepo', '--disablerepo', '-c']);
  if (command === 'install' || command === 'in') return verdict('packages', 'packages', { packages });
  if (/^(makecache|refresh|check-update)$/.test(command)) return verdict('packages', 'packages-list');
  if (/^(clean|remove|erase|autoremove)$/.test(command)) return verdict('cleanup', 'packages-removed', { packages });
  return verdict('system', 'system-upgrade');
}

function system(call: Invocation): Verdict {
  return verdict('system', 'system-change', { args: { program: call.name } });
}

function neutral(): Verdict {
  return verdict('neutral', 'nothing-changed');
}

function gpg(call: Invocation): Verdict {
  const output = option(call.args, '-o', '--output');
  if (output !== null)
    return verdict('system', 'system-change', { args: { program: 'gpg' }, writes: [absolute(call.cwd, output)] });
  return verdict('neutral', 'nothing-changed');
}

function openssl(call: Invocation): Verdict {
  const outputs = [option(call.args, '-out'), option(call.args, '-keyout')].filter((path) => path !== null);
  if (outputs.length === 0) return verdict('neutral', 'nothing-changed');
  return verdict('files', 'files-changed', { writes: outputs.map((path) => absolute(call.cwd, path)) });
}
