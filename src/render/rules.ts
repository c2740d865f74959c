/** Why a line stands in a generated file: rule id → sentence. Plans name these ids in their origins. */
export const RULES: Readonly<Record<string, string>> = {
  'syntax-line': 'Mounts and heredocs need a current Dockerfile frontend; the engine fetches the newest stable one.',
  'build-image': 'Compilers and package managers belong to the build stages alone.',
  'runtime-image': 'The final image holds the runtime and nothing that only a build needs.',
  'dependencies-first':
    'Dependencies are installed from the manifests alone, so a change of code never installs them again.',
  'lock-enforced': 'The lock file decides what is installed; an install that would differ from it fails.',
  'cache-mount': 'The package manager’s cache lives in a mount, outside every layer.',
  'source-late': 'Source comes after the dependencies, since it changes most often.',
  'build-command': 'The project’s own build step makes what runs.',
  'production-only': 'Development dependencies stay in the build stage.',
  'system-packages': 'Operating-system packages that the project’s dependencies need at this point.',
  'artefact-only': 'Only what runs is copied into the final image.',
  'runtime-env': 'Settings of the runtime for production.',
  'build-env': 'Settings of the tools for a build without questions and without waste.',
  workdir: 'One folder for the application.',
  'non-root': 'A numeric, non-root user; the application’s files belong to root, so it cannot change itself.',
  port: 'The port that the program listens on.',
  'health-check': 'A probe that needs nothing but the runtime that is there already.',
  'direct-command': 'The program itself is process 1’s child or process 1, so that it receives the stop signal.',
  'init-process':
    'A tiny init forwards signals and reaps children for a program that does not handle them as process 1.',
  'stop-signal': 'The signal on which this program ends in order.',
  'web-server': 'Static files are served by an unprivileged web server.',
  'small-context': 'What no COPY needs stays out of the build context: faster builds, fewer cache misses.',
  'no-secrets': 'Secrets and local settings never reach the build context.',
  layout: 'Part of the instruction above.',
};

/** For lines whose values have no origin of their own: the first pattern that fits the instruction. */
const BY_INSTRUCTION: readonly (readonly [RegExp, string])[] = [
  [/^# syntax/, 'syntax-line'],
  [/^FROM .* AS runtime$/, 'runtime-image'],
  [/^FROM /, 'build-image'],
  [/^\s*(RUN )?--mount=type=cache/, 'cache-mount'],
  [/^\s*(RUN )?--mount=type=bind/, 'dependencies-first'],
  [/^WORKDIR /, 'workdir'],
  [/^COPY --from=/, 'artefact-only'],
  [/^COPY /, 'source-late'],
  [/^USER /, 'non-root'],
  [/^EXPOSE /, 'port'],
  [/^HEALTHCHECK /, 'health-check'],
  [/^STOPSIGNAL /, 'stop-signal'],
  [/^(ENTRYPOINT|CMD) /, 'direct-command'],
  [/^ENV /, 'runtime-env'],
  [/apt-get|apk add/, 'system-packages'],
  [/^RUN /, 'build-command'],
];

const SECRET = /\.env|\.pem|\.key|id_rsa|\.aws|\.ssh|secret|credential|\.npmrc|\.netrc/;

export function ruleFor(path: string, line: string): string {
  if (path.endsWith('.dockerignore')) return SECRET.test(line) ? 'no-secrets' : 'small-context';
  return BY_INSTRUCTION.find(([pattern]) => pattern.test(line))?.[1] ?? 'layout';
}

/** A rule id that no sentence explains is a mistake of ours. */
export function whyOf(rule: string): string {
  const why = RULES[rule];
  if (why === undefined) throw new Error(`no sentence for the rule ${rule}`);
  return why;
}
