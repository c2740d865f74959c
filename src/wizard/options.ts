import { answer, type CommandName, flag, type Option, value } from './option.ts';

const GENERATE = ['generate'] as const satisfies readonly CommandName[];
const WRITES = ['generate', 'convert'] as const satisfies readonly CommandName[];
const ALL = ['generate', 'check', 'verify', 'convert'] as const satisfies readonly CommandName[];

/**
 * Every option of every command. Arguments, help, prompts and docs/options.md come from here; the name of an option that
 * answers a question is the question's id.
 */
export const OPTIONS: readonly Option[] = [
  answer('service', 'PATH', GENERATE, 'Directory of the service, where the project holds several.'),
  answer('language', 'ID', GENERATE, 'Language of the service, where its directory speaks for several.'),
  answer('build-image', 'IMAGE', GENERATE, 'Base image of the stages that install and compile.'),
  answer('runtime-image', 'IMAGE', GENERATE, 'Base image of the final stage.'),
  answer('port', 'NUMBER', GENERATE, 'Port that the service listens on.'),
  answer('command', 'COMMAND', GENERATE, 'Command that starts the service: words, or a JSON list.'),
  answer('health-path', 'PATH', GENERATE, 'Path that answers when the service is well.'),
  answer('dockerfile', 'FILE', GENERATE, 'Where to write the Dockerfile, seen from the project.'),
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
  flag('json', ALL, 'Print the result as JSON, also errors; never ask.'),
  flag('help', ALL, 'Print this help.', 'h'),
  flag('version', ALL, 'Print the version.', 'V'),
];

/** The options of one command, in the order of the table. */
export function optionsOf(command: CommandName): readonly Option[] {
  return OPTIONS.filter((option) => option.commands.includes(command));
}
