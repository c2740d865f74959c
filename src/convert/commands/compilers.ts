import { absolute } from '../paths.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

export const COMPILERS: Readonly<Record<string, Judge>> = {
  go,
  cargo,
  rustup: toolchain,
  'rustup-init': toolchain,
  rustc: compile,
  mvn: maven,
  mvnw: maven,
  gradle,
  gradlew: gradle,
  ant: buildTool,
  sbt: maven,
  lein: maven,
  mill: maven,
  javac: compile,
  jar: buildTool,
  jlink: withOutput('--output'),
  kotlinc: compile,
  dotnet,
  nuget: buildTool,
  msbuild: buildTool,
  make,
  gmake: make,
  cmake: buildTool,
  ninja: make,
  meson: buildTool,
  configure: buildTool,
  'autogen.sh': buildTool,
  'bootstrap.sh': buildTool,
  'buildconf.sh': buildTool,
  bootstrap: buildTool,
  autoreconf: buildTool,
  autoconf: buildTool,
  automake: buildTool,
  qmake: buildTool,
  scons: buildTool,
  bazel: buildTool,
  premake5: buildTool,
  swift: buildTool,
  stack: buildTool,
  cabal: buildTool,
  ghc: compile,
  dart: buildTool,
  flutter: buildTool,
  zig: buildTool,
  nim: compile,
  nimble: buildTool,
  crystal: compile,
  shards: buildTool,
  mix: buildTool,
  rebar3: buildTool,
  opam: buildTool,
  dune: buildTool,
  protoc: buildTool,
  buf: buildTool,
  swag: buildTool,
  strip: buildTool,
  upx: buildTool,
  ...Object.fromEntries(
    ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++', 'ld', 'ar', 'musl-gcc', 'gfortran', 'nasm', 'fpc'].map((name) => [
      name,
      compile,
    ]),
  ),
};

function go(call: Invocation): Verdict {
  const [command = ''] = operands(call.args, ['-C']);
  const leaves = [{ kind: 'go-cache', name: 'go' }] as const;
  if (command === 'build') {
    const output = option(call.args, '-o');
    return verdict('build', 'compile', { writes: output === null ? [call.cwd] : [absolute(call.cwd, output)], leaves });
  }
  if (command === 'install' || command === 'get') {
    const bin = call.scope.get('GOBIN')?.value ?? `${call.scope.get('GOPATH')?.value ?? '/go'}/bin`;
    return verdict('build', 'compile', { writes: [bin], leaves });
  }
  if (/^(generate|run)$/.test(command)) return verdict('build', 'compile', { writes: [call.cwd], leaves });
  return verdict('build', 'compile', { leaves });
}

function cargo(call: Invocation): Verdict {
  const [command = ''] = operands(call.args);
  const leaves = [{ kind: 'cargo-cache', name: 'cargo' }] as const;
  if (command === 'install') {
    const root = option(call.args, '--root') ?? call.scope.get('CARGO_HOME')?.value ?? '/usr/local/cargo';
    return verdict('build', 'compile', { writes: [`${absolute(call.cwd, root)}/bin`], leaves });
  }
  const target = option(call.args, '--target-dir') ?? call.scope.get('CARGO_TARGET_DIR')?.value ?? 'target';
  return verdict('build', 'compile', {
    writes: [absolute(call.cwd, target), absolute(call.cwd, 'Cargo.lock')],
    leaves,
  });
}

/** Output lies in `target` of the project and of its modules. */
function maven(call: Invocation): Verdict {
  const file = option(call.args, '-f', '--file');
  const folder =
    file === null ? call.cwd : absolute(call.cwd, file.endsWith('.xml') ? file.replace(/[^/]*$/, '') || '.' : file);
  return verdict('build', 'compile', {
    writes: [absolute(folder, 'target')],
    leaves: [{ kind: 'maven-cache', name: call.name }],
  });
}

function gradle(call: Invocation): Verdict {
  const folder = option(call.args, '-p', '--project-dir');
  const root = folder === null ? call.cwd : absolute(call.cwd, folder);
  return verdict('build', 'compile', {
    writes: [absolute(root, 'build')],
    leaves: [{ kind: 'maven-cache', name: call.name }],
  });
}

function dotnet(call: Invocation): Verdict {
  const [command = '', project] = operands(call.args, [
    '-c',
    '-o',
    '-r',
    '-f',
    '--configuration',
    '--output',
    '--runtime',
    '--framework',
  ]);
  const output = option(call.args, '-o', '--output');
  if (command.endsWith('.dll'))
    return verdict('program', 'program-run', { writes: [call.cwd], args: { program: command } });
  if (command === 'tool') return verdict('build', 'compile', { writes: [absolute(call.home, '.dotnet')] });
  const folder =
    project === undefined
      ? call.cwd
      : absolute(call.cwd, project.replace(/[^/]*\.(cs|fs|vb)proj$|[^/]*\.sln$/, '') || '.');
  const bin = [absolute(folder, 'bin'), absolute(folder, 'obj')];
  return verdict('build', 'compile', {
    writes: output === null ? bin : [absolute(call.cwd, output)],
    leaves: [{ kind: 'maven-cache', name: 'NuGet' }],
  });
}

function make(call: Invocation): Verdict {
  const folder = option(call.args, '-C') ?? '.';
  const installs = operands(call.args, ['-C', '-f', '-j']).some((target) => /^install/.test(target));
  return verdict('build', 'compile', {
    writes: [absolute(call.cwd, folder), ...(installs ? ['/usr/local'] : [])],
    leaves: [{ kind: 'objects', name: call.name }],
  });
}

function compile(call: Invocation): Verdict {
  const output = option(call.args, '-o', '-d');
  return verdict('build', 'compile', { writes: [output === null ? call.cwd : absolute(call.cwd, output)] });
}

/** Whatever it makes lies below the directory in which it runs, in the one that is named, or where `--install` puts it. */
function buildTool(call: Invocation): Verdict {
  const prefix = option(call.args, '--prefix');
  const folder = option(call.args, '-B', '--build', '-C');
  const installs = call.name === 'cmake' && (has(call.args, '--install') || call.args.includes('install'));
  const extra = installs ? [prefix ?? '/usr/local'] : prefix !== null && has(call.args, 'install') ? [prefix] : [];
  const named = folder === null ? [] : [absolute(call.cwd, folder)];
  return verdict('build', 'compile', {
    writes: [call.cwd, ...named, ...extra],
    leaves: [{ kind: 'objects', name: call.name }],
  });
}

function withOutput(name: string): Judge {
  return (call) => {
    const output = option(call.args, name);
    return verdict('build', 'compile', { writes: [output === null ? call.cwd : absolute(call.cwd, output)] });
  };
}

function toolchain(): Verdict {
  return verdict('build', 'toolchain');
}
