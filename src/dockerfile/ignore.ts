import dockerignore from '@balena/dockerignore';

// The package is CommonJS and describes itself as `export default`: this is the same function for both readings.
const createMatcher = dockerignore.default;

/** One line of a .dockerignore that counts. */
interface IgnorePattern {
  /** as the engine reads it: trimmed, with its `!` */
  readonly text: string;
  /** 1-based */
  readonly line: number;
}

export interface IgnoreFile {
  readonly patterns: readonly IgnorePattern[];
  /** patterns that stop the build: the engine refuses them */
  readonly malformed: readonly IgnorePattern[];
  /** some path may come back by a `!` */
  readonly hasExceptions: boolean;
  /** `path` is relative to the context, with `/`; it is left out if it or a folder above it is, unless a later `!` brings it back */
  excludes(path: string): boolean;
}

/**
 * Reads a .dockerignore by the engine's rules (moby/patternmatcher): a byte order mark is skipped, only a `#` in the first
 * column is a comment, all patterns are anchored at the context, case counts, the last match wins.
 */
export function readIgnoreFile(text: string): IgnoreFile {
  const patterns: IgnorePattern[] = [];
  const malformed: IgnorePattern[] = [];
  const matcher = createMatcher({ ignorecase: false });
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const pattern = { text: line.trim(), line: index + 1 };
    if (line.startsWith('#') || pattern.text === '') continue;
    if (isMalformed(pattern.text)) {
      malformed.push(pattern);
      continue;
    }
    patterns.push(pattern);
    matcher.add([pattern.text.startsWith('#') ? `./${pattern.text}` : pattern.text]);
  }
  return {
    patterns,
    malformed,
    hasExceptions: patterns.some((pattern) => pattern.text.startsWith('!')),
    excludes: (path) => isInside(path) && matcher.ignores(path),
  };
}

/** Paths of the ignore files that the engine looks for, the first one that exists counts and no other. */
export function ignoreFileCandidates(dockerfile: string, context: string): string[] {
  return [`${dockerfile}.dockerignore`, context === '.' ? '.dockerignore' : `${context}/.dockerignore`];
}

/** The context itself is always sent. */
function isInside(path: string): boolean {
  return path !== '' && path !== '.' && path !== '..' && !path.startsWith('../') && !path.startsWith('/');
}

/** Characters that mean something in a regular expression, which the matcher makes of a pattern. */
const SPECIAL = /[\\[\](){}+^|]/;

function isMalformed(pattern: string): boolean {
  if (pattern === '!') return true;
  if (!SPECIAL.test(pattern)) return false;
  try {
    createMatcher({ ignorecase: false }).add([pattern]).ignores('x');
    return /\[[^\]]*$/.test(pattern.replaceAll(/\\./g, '')) || /(^|[^\\])(\\\\)*\\$/.test(pattern);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
