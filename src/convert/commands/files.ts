import { absolute } from '../paths.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

/** Programs that every image has and that change files at paths which are written there. */
export const FILES: Readonly<Record<string, Judge>> = {
  mkdir: paths('-m', '--mode'),
  touch: paths('-d', '-t', '-r', '--date'),
  truncate: paths('-s', '--size'),
  tee: paths(),
  dos2unix: paths(),
  unix2dos: paths(),
  gunzip: paths(),
  gzip: paths(),
  bunzip2: paths(),
  xz: paths('-T'),
  unxz: paths(),
  mkfifo: paths(),
  mktemp: () => verdict('files', 'files-changed', { writes: ['/tmp'] }),
  chmod: changeMode,
  chown: changeMode,
  chgrp: changeMode,
  setfacl: changeMode,
  cp: copy,
  mv: copy,
  install: copy,
  rsync: copy,
  ln: link,
  rm: remove,
  rmdir: remove,
  unlink: remove,
  sed: edit,
  perl: edit,
  awk: () => verdict('neutral', 'nothing-changed'),
  tar: unpack,
  bsdtar: unpack,
  unzip: unpack,
  cpio: unpack,
  '7z': unpack,
  patch: (call) => verdict('build', 'files-changed', { writes: [absolute(call.cwd, option(call.args, '-d') ?? '.')] }),
  find,
  xargs,
  envsubst: () => verdict('neutral', 'nothing-changed'),
  split: (call) => verdict('files', 'files-changed', { writes: [call.cwd] }),
  dd: (call) => {
    const output = call.args.find((word) => word.startsWith('of='))?.slice(3);
    return verdict('files', 'files-changed', { writes: output === undefined ? [] : [absolute(call.cwd, output)] });
  },
};

/** Caches and lists which only an installation needs. */
const LEFTOVERS =
  /^(\/var\/(lib\/apt\/lists|cache|lib\/dpkg|log|tmp)|\/tmp|\/usr\/share\/(doc|man|locale|info)|\/(root|home\/[^/]+)\/\.(cache|npm|m2|gradle|cargo|composer|node-gyp|yarn|nuget|ivy2|sbt|wget-hsts|pip|local\/share\/pnpm)|\/root\/go\/pkg|\/go\/pkg|\/usr\/local\/cargo\/registry|\/usr\/local\/share\/\.cache|\/etc\/apt\/apt\.conf\.d)(\/|$)/;

function paths(...withValue: readonly string[]): Judge {
  return (call) =>
    verdict('files', 'files-changed', {
      writes: operands(call.args, withValue).map((path) => absolute(call.cwd, path)),
    });
}

/** The first operand is the mode or the owner. */
function changeMode(call: Invocation): Verdict {
  const all = operands(call.args, ['--reference']).map(String);
  const targets = has(call.args, '--reference') ? all : modeFirst(call.args, all);
  return verdict('files', 'files-changed', { writes: targets.map((path) => absolute(call.cwd, path)) });
}

/** `chmod -x file`: the mode itself may look like an option. */
function modeFirst(args: readonly string[], all: readonly string[]): readonly string[] {
  return args.some((word) => /^-[rwxXst]+$/.test(word)) ? all : all.slice(1);
}

/** The last operand is the target, unless `-t` names it. Into a directory, the copy keeps the name of its source. */
function copy(call: Invocation): Verdict {
  const target = option(call.args, '-t', '--target-directory');
  const all = operands(call.args, ['-t', '--target-directory', '-m', '-o', '-g', '-S', '--mode', '--owner', '--group']);
  if (call.name === 'install' && has(call.args, '-d')) {
    return verdict('files', 'files-changed', { writes: all.map((path) => absolute(call.cwd, path)) });
  }
  const last = target ?? all.at(-1);
  if (last === undefined || (target === null && all.length < 2)) return verdict('neutral', 'nothing-changed');
  const sources = (target === null ? all.slice(0, -1) : all).map((path) => absolute(call.cwd, path));
  const destination = absolute(call.cwd, last);
  const isInto = target !== null || last.endsWith('/') || /^\.{1,2}$/.test(last) || sources.length > 1;
  const names = sources.map((path) => path.split('/').at(-1) ?? '');
  const writes =
    isInto && !names.some((name) => /[*?[]/.test(name))
      ? names.map((name) => absolute(destination, name))
      : [destination];
  return verdict('files', 'files-changed', {
    writes: call.name === 'mv' ? [...writes, ...sources] : writes,
    reads: sources,
  });
}

function link(call: Invocation): Verdict {
  const all = operands(call.args, ['-S', '--suffix']);
  const [source = '', name] = all;
  const target = name ?? source.split('/').at(-1) ?? '';
  return verdict('files', 'files-changed', { writes: [absolute(call.cwd, target)] });
}

function remove(call: Invocation): Verdict {
  const gone = operands(call.args).map((path) => absolute(call.cwd, path));
  if (gone.every((path) => LEFTOVERS.test(path))) return verdict('cleanup', 'cleanup');
  return verdict('files', 'files-changed', { writes: gone });
}

function edit(call: Invocation): Verdict {
  const isInPlace = call.args.some((word) => /^-[nEraps]*i|^--in-place/.test(word));
  if (!isInPlace)
    return verdict(call.name === 'perl' ? 'program' : 'neutral', 'nothing-changed', {
      writes: call.name === 'perl' ? [call.cwd] : [],
    });
  const all = operands(call.args, ['-e', '--expression', '-f', '--file']);
  const hasScript =
    has(call.args, '-e', '--expression', '-f', '--file') || call.args.some((word) => /^-[a-z]*e$/.test(word));
  return verdict('files', 'files-changed', {
    writes: (hasScript ? all : all.slice(1)).map((path) => absolute(call.cwd, path)),
  });
}

function unpack(call: Invocation): Verdict {
  const folder = option(call.args, '-C', '--directory', '--one-top-level', '-d');
  const isPacking = call.args.some(
    (word, index) => /^-?[a-z]*c[a-z]*f?$/.test(word) && index === 0 && !word.includes('x'),
  );
  if (isPacking && call.name === 'tar') {
    const output = option(call.args, '-f') ?? operands(call.args)[1] ?? '.';
    return verdict('build', 'files-changed', { writes: [absolute(call.cwd, output)] });
  }
  return verdict('build', 'unpacked', { writes: [absolute(call.cwd, folder ?? '.')], uses: [call.name] });
}

function find(call: Invocation): Verdict {
  const changes = call.args.some((word) => word === '-delete' || word.startsWith('-exec') || word === '-ok');
  if (!changes) return verdict('neutral', 'nothing-changed');
  const end = call.args.findIndex((word) => word.startsWith('-') || word === '(' || word === '!');
  const roots = call.args.slice(0, end < 0 ? undefined : end);
  const writes = (roots.length === 0 ? ['.'] : roots).map((path) => absolute(call.cwd, path));
  const isCleanup =
    call.args.some((word) => /pyc|__pycache__|tests?\b/.test(word)) && writes.every((path) => /^\/usr|^\/$/.test(path));
  return isCleanup ? verdict('cleanup', 'cleanup') : verdict('files', 'files-changed', { writes });
}

function xargs(call: Invocation): Verdict {
  const [program = ''] = operands(call.args, ['-n', '-I', '-P', '-L', '-d', '-i']);
  if (/^(rm|chmod|chown|sed|strip|cp|mv|mkdir)$/.test(program))
    return verdict('files', 'files-changed', { writes: [call.cwd] });
  if (/^(apt-get|apt|apk|pip|pip3)$/.test(program))
    return verdict('unknown', 'packages-unknown', { args: { program } });
  if (/^(echo|cat|ls|grep|dpkg|ldd|awk|basename|dirname)$/.test(program)) return verdict('neutral', 'nothing-changed');
  return verdict('unknown', 'program-unknown', { args: { program } });
}
