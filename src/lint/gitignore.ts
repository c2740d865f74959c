import { type BuildContext, textInContext } from './context.ts';
import { matchesComponent } from './paths.ts';

/**
 * Whether the .gitignore of a context keeps a path out of version control: what it names is made by a build, and missing
 * in a fresh checkout. Exceptions (`!`) and the files of inner folders are not read.
 */
export function isGitIgnored(context: BuildContext, path: string): boolean {
  const text = textInContext(context, '.gitignore') ?? '';
  const parts = path.split('/');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('!'))
    .some((line) => covers(line.replace(/\/+$/, '').replace(/^\*\*\//, ''), parts));
}

/** A pattern with a slash stands at the root, one without at any depth; a folder's pattern covers what is below it. */
function covers(pattern: string, parts: readonly string[]): boolean {
  const wanted = pattern.replace(/^\//, '').split('/');
  if (!pattern.includes('/')) return parts.some((part) => matchesComponent(pattern, part));
  return (
    wanted.length <= parts.length &&
    wanted.every((component, depth) => component === '**' || matchesComponent(component, parts[depth] ?? ''))
  );
}
