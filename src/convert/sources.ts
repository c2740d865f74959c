import type { Project } from '../model/project.ts';

/** Folders that hold nothing which a running program reads. */
const FOLDERS = new Set([
  ...[
    '.git',
    '.github',
    '.gitlab',
    '.circleci',
    '.idea',
    '.vscode',
    '.mvn',
    '.gradle',
    '.cargo',
    '.devcontainer',
    '.husky',
  ],
  ...[
    'test',
    'tests',
    '__tests__',
    'testdata',
    'spec',
    'specs',
    'e2e',
    'benches',
    'fuzz',
    'target',
    'obj',
    'node_modules',
  ],
]);
const FILES =
  /^(dockerfile.*|.*\.dockerfile|docker-compose.*|compose\.ya?ml|\.dockerignore|\.git\w*|\.editorconfig|makefile|gnumakefile|license.*|licence.*|readme.*|changelog.*|contributing.*|mvnw(\.cmd)?|gradlew(\.bat)?|pom\.xml|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|gradle\.properties|go\.(mod|sum|work|work\.sum)|cargo\.(toml|lock)|rust-toolchain.*|cmakelists\.txt|.*\.cmake|meson\.build|.*\.sln|.*\.[cfv][bs]?proj|nuget\.config|build\.sbt|\.travis\.yml|\.gitlab-ci\.yml|jenkinsfile|\.golangci.*|\.air\.toml|renovate\.json|codecov\.yml|package-lock\.json)$/i;
const ENDINGS =
  /\.(go|rs|java|kt|kts|scala|groovy|c|cc|cpp|cxx|h|hh|hpp|hxx|inl|ipp|cs|fs|vb|swift|hs|md|rst|proto|iml|sln|am|ac|in|m4|s|asm|zig|nim|d)$/i;

/** How many files of a folder are looked at before it counts as data. */
const MOST_FILES = 2000;

/**
 * An entry of the context from which a compiled program was made and that it does not read: sources, build files,
 * documentation. A folder is one when there is nothing else in it.
 */
export function isSourceEntry(project: Project, path: string, kind: 'file' | 'directory'): boolean {
  const name = path.split('/').at(-1) ?? path;
  if (kind === 'file') return FILES.test(name) || ENDINGS.test(name);
  if (FOLDERS.has(name)) return true;
  if (name === 'src' && hasJavaLayout(project, path)) return true;
  if (isBuildDefinition(project, path, name)) return true;
  const files = project.find({ under: path, limit: MOST_FILES });
  if (files.length === MOST_FILES) return false;
  // a blog keeps its pages as Markdown, and a gateway its definitions: folders of nothing else are data
  if (files.length > 0 && !DOCUMENTATION.test(name) && files.every((file) => /\.(md|rst|proto)$/i.test(file)))
    return false;
  return files.every(
    (file) => isSourceEntry(project, file, 'file') || /(^|\/)(test|tests|testdata|fixtures)\//.test(file),
  );
}

const DOCUMENTATION = /^(docs?|documentation|adrs?|rfcs?|protos?|api)$/i;

/** What Gradle and sbt read before they compile. */
function isBuildDefinition(project: Project, path: string, name: string): boolean {
  if (name === 'gradle') return project.isDirectory(`${path}/wrapper`) || project.isFile(`${path}/libs.versions.toml`);
  return name === 'buildSrc' || (name === 'project' && project.isFile(`${path}/build.properties`));
}

/** Resources below `src/main` are packed into the artefact. */
function hasJavaLayout(project: Project, path: string): boolean {
  return ['main', 'test'].some((name) => project.isDirectory(`${path}/${name}`));
}
