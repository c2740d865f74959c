import { answer, type CommandName, flag, list, type Option, value } from './option.ts';

const GENERATE = ['generate'] as const satisfies readonly CommandName[];
const VERIFY = ['verify'] as const satisfies readonly CommandName[];
const CHECK = ['check'] as const satisfies readonly CommandName[];
const CONVERT = ['convert'] as const satisfies readonly CommandName[];
/** `convert --verify` takes what steers a verification. */
const PROVES = ['verify', 'convert'] as const satisfies readonly CommandName[];
const WRITES = ['generate', 'convert'] as const satisfies readonly CommandName[];
const ALL = ['generate', 'check', 'verify', 'convert'] as const satisfies readonly CommandName[];

/**
 * Every option of every command. Arguments, help, prompts and docs/options.md come from here; the name of an option that
 * answers a question is the question's id. A name has one row for each meaning that it has in different commands.
 */
export const OPTIONS: readonly Option[] = [
  answer('service', 'PATH', GENERATE, 'Directory of the service, where the project holds several.'),
  answer('language', 'ID', GENERATE, 'Language of the service, where its directory speaks for several.'),
  answer('build-image', 'IMAGE', GENERATE, 'Base image of the stages that install and compile.'),
  answer('runtime-image', 'IMAGE', GENERATE, 'Base image of the final stage.'),
  answer('port', 'NUMBER', [...GENERATE, ...PROVES], 'Port that the service listens on.'),
  answer('command', 'COMMAND', GENERATE, 'Command that starts the service: words, or a JSON list.'),
  answer('health-path', 'PATH', GENERATE, 'Path that answers when the service is well.'),
  answer('server', 'NAME', GENERATE, 'Production server that runs a Python application.'),
  answer('dockerfile', 'FILE', ALL, 'Path of the Dockerfile, seen from the project.'),
  answer('existing', 'ACTION', GENERATE, 'What becomes of existing files that differ; replace keeps a backup.', [
    'replace',
    'beside',
    'skip',
  ]),
  value('answers', 'FILE', GENERATE, 'Read answers from a JSON file; flags win over it.'),
  value('save-answers', 'FILE', GENERATE, 'Write the answers to a JSON file, for the next run.'),
  flag('print-questions', GENERATE, 'Print the questions with their flags and recommended answers, and write nothing.'),
  flag('explain', GENERATE, 'Print why each line is there and which file says so, and write nothing.'),
  value('date', 'DATE', GENERATE, 'Day that versions are judged by (YYYY-MM-DD); today by default.'),
  flag('yes', WRITES, 'Take the recommended answer to every question that no flag answers.', 'y'),
  flag('dry-run', WRITES, 'Print what would be written, and write nothing.'),
  flag('force', GENERATE, 'Replace existing files without asking; a backup is kept.', 'f'),
  value('context', 'DIR', CHECK, 'Build context, seen from the project; by default what the file copies tells it.'),
  value('fail-on', 'SEVERITY', CHECK, 'Exit with 1 on findings of this severity or a higher one; warning by default.', [
    'info',
    'warning',
    'error',
  ]),
  list('ignore', 'RULE', CHECK, 'Leave a rule out in this run.'),
  value('settings', 'FILE', CHECK, 'Settings of the rules; .multistage.json of the project by default.'),
  flag('fix', CHECK, 'Put right what can be without a change of behaviour; a backup is kept.'),
  flag('sarif', CHECK, 'Print the result as SARIF 2.1.0, for code hosts.'),
  value('image', 'IMAGE', VERIFY, 'Verify an image that is there already instead of building one.'),
  value('engine', 'NAME', PROVES, 'Container engine; by default the first that answers.', [
    'docker',
    'podman',
    'buildah',
  ]),
  value('builder', 'NAME', PROVES, 'Builder of docker buildx by its name: a remote one, Kubernetes, a container.'),
  list('build-arg', 'NAME=VALUE', PROVES, 'Value of an ARG.'),
  list('secret', 'ID=FILE', PROVES, 'Secret mount of the build; its value must then be in no layer.'),
  value('target', 'STAGE', VERIFY, 'Stage to build instead of the last one.'),
  value('platform', 'PLATFORM', VERIFY, 'Platform to build for, linux/arm64 for example.'),
  list('env', 'NAME=VALUE', PROVES, 'Environment variable of the container.'),
  list('http', 'PATH[=STATUS]', PROVES, 'Path that must answer, below 400 or with this status.'),
  value('output', 'REGEX', VERIFY, 'Expression that a line of the output must match before it counts as ready.'),
  value('exit', 'CODE', VERIFY, 'The container is a job that must end with this exit code.'),
  value('memory', 'SIZE', PROVES, 'Memory limit of the container; 512m by default.'),
  list('tmpfs', 'FOLDER', PROVES, 'Folder that is writable beside /tmp on the read-only root.'),
  value('start-timeout', 'SECONDS', PROVES, 'How long it may take until it is ready; 60 by default.'),
  value('stop-timeout', 'SECONDS', PROVES, 'How long it may take to stop after SIGTERM; 2 by default.'),
  value('change', 'FILE', VERIFY, 'Source file to change for the second build; chosen by itself by default.'),
  flag('no-rebuild', VERIFY, 'Leave the second build out.'),
  flag('ci-cache', VERIFY, 'Build again on a fresh builder that has nothing but the exported cache.'),
  value('compare', 'OTHER', VERIFY, 'Verify another Dockerfile or image too, and show both side by side.'),
  value('max-size', 'SIZE', VERIFY, 'Largest size that the image may have, 200MB for example.'),
  value('max-over-base', 'SIZE', VERIFY, 'Most that the image may add to its base image.'),
  value('max-rebuild-steps', 'NUMBER', VERIFY, 'Most steps that may run again after a code change.'),
  list(
    'require',
    'CHECK',
    VERIFY,
    'Property that must hold although it is only a warning otherwise; all is every one.',
  ),
  value('runtime-image', 'IMAGE', CONVERT, 'Base image of the new final stage, instead of the one that is proposed.'),
  value('output', 'FILE', CONVERT, 'Write the new file there and leave the old one alone.'),
  flag('harden', CONVERT, 'Improve as well: not root, exec form, health check; each is listed apart.'),
  flag('verify', CONVERT, 'Build and boot both files, compare them, and write only when the new one does the same.'),
  flag('markdown', VERIFY, 'Print the result as Markdown, for a pull request.'),
  value('html', 'FILE', VERIFY, 'Write the result as one page with pictures.'),
  flag('json', ALL, 'Print the result as JSON, also errors; never ask.'),
  flag('help', ALL, 'Print this help.', 'h'),
  flag('version', ALL, 'Print the version.', 'V'),
];

/** The options of one command, in the order of the table. */
export function optionsOf(command: CommandName): readonly Option[] {
  return OPTIONS.filter((option) => option.commands.includes(command));
}
