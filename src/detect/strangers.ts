import type { Project } from '../model/project.ts';

/** A build tool or language that nothing here reads, and the files that give it away. */
interface Stranger {
  readonly what: string;
  readonly names?: readonly string[];
  readonly endings?: readonly string[];
}

/** Where several speak, the first one counts: a build tool says more than sources alone. */
const STRANGERS: readonly Stranger[] = [
  { what: 'sbt', names: ['build.sbt'] },
  { what: 'Mill', names: ['build.sc', 'build.mill'] },
  { what: 'Leiningen', names: ['project.clj'] },
  { what: 'the Clojure tools', names: ['deps.edn'] },
  { what: 'Ant', names: ['build.xml'] },
  { what: 'Go', names: ['go.mod'] },
  { what: 'Rust', names: ['Cargo.toml'] },
  { what: '.NET', endings: ['.csproj', '.fsproj', '.vbproj', '.sln', '.slnx'] },
  { what: 'PHP', names: ['composer.json'] },
  { what: 'Ruby', names: ['Gemfile'] },
  { what: 'Elixir', names: ['mix.exs'] },
  { what: 'Dart', names: ['pubspec.yaml'] },
  { what: 'Swift', names: ['Package.swift'] },
  { what: 'Bazel', names: ['MODULE.bazel', 'WORKSPACE', 'WORKSPACE.bazel'] },
  { what: 'Java or Kotlin without a build tool', endings: ['.java', '.kt'] },
  { what: 'Scala without a build tool', endings: ['.scala'] },
  { what: 'JavaScript or TypeScript without a package.json', endings: ['.js', '.mjs', '.ts'] },
  { what: 'PHP', endings: ['.php'] },
  { what: 'C or C++', names: ['CMakeLists.txt', 'meson.build'], endings: ['.c', '.cpp'] },
];

/** What the project is made with, where it is something that cannot be built here. */
export function strangerIn(project: Project): { readonly what: string; readonly file: string } | null {
  for (const { what, names = [], endings = [] } of STRANGERS) {
    const file = project.find({ names, endings, depth: 6, limit: 1 })[0];
    if (file !== undefined) return { what, file };
  }
  return null;
}
