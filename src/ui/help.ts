import { COMMANDS, type CommandName, type Option } from '../wizard/option.ts';
import { optionsOf } from '../wizard/options.ts';
import { wrap } from './text.ts';

const PROGRAM = 'create-multistage-docker';
const WIDEST = 100;
const NARROWEST = 32;
/** Below this width a sentence stands under its flag, not beside it. */
const SIDE_BY_SIDE = 70;
const TERM_WIDTH = 28;

/** The help of one command, every line within `columns`. */
export function helpText(command: CommandName, columns: number): string {
  const width = Math.min(Math.max(columns, NARROWEST), WIDEST);
  const about = COMMANDS.find(({ name }) => name === command);
  const options = optionsOf(command);
  const isAnswer = ({ question }: Option) => command === 'generate' && question !== null;
  const answers = options.filter(isAnswer);
  const others = options.filter((option) => !isAnswer(option));
  const lines = [
    ...wrap(about?.help ?? '', width),
    '',
    ...wrap(`Usage: ${PROGRAM} ${about?.usage} [options]`, width, '  '),
    ...(command === 'generate' ? block('Commands', commandRows(), width) : []),
    ...(answers.length > 0 ? block('Answers', optionRows(answers), width) : []),
    ...block('Options', optionRows(others), width),
  ];
  return `${lines.join('\n')}\n`;
}

type Row = readonly [term: string, text: string];

function commandRows(): readonly Row[] {
  return COMMANDS.map(({ usage, help }) => [usage, help]);
}

function optionRows(options: readonly Option[]): readonly Row[] {
  return options.map((option) => [flagText(option), option.help]);
}

/** `-f, --force`, `--port NUMBER`, `--existing replace|beside|skip` */
export function flagText({ name, short, placeholder, values }: Option): string {
  const parameter = values?.join('|') ?? placeholder;
  return `${short === null ? '' : `-${short}, `}--${name}${parameter === null ? '' : ` ${parameter}`}`;
}

function block(title: string, rows: readonly Row[], width: number): readonly string[] {
  const left = Math.min(TERM_WIDTH, Math.max(...rows.map(([term]) => term.length)) + 4);
  const rowLines = width < SIDE_BY_SIDE ? stacked : beside;
  return ['', `${title}:`, ...rows.flatMap((row) => rowLines(row, width, left))];
}

function stacked([term, text]: Row, width: number): readonly string[] {
  return [...wrap(`  ${term}`, width, '    '), ...wrap(`      ${text}`, width, '      ')];
}

function beside([term, text]: Row, width: number, left: number): readonly string[] {
  const lines = wrap(text, width - left).map((line) => ' '.repeat(left) + line);
  const head = `  ${term}`;
  if (head.length >= left) return [head, ...lines];
  const [first = '', ...more] = lines;
  return [head + first.slice(head.length), ...more];
}
