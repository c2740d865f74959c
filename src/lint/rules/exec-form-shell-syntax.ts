import type { Instruction } from '../../dockerfile/file.ts';
import { baseName } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { shellScript } from '../start.ts';

/** Programs that take their arguments as they are. Java is none: Spring replaces `${…}` in them by itself. */
const LITERAL =
  /^(?:node|npm|npx|yarn|pnpm|bun|python[\d.]*|gunicorn|uvicorn|hypercorn|flask|nginx|ruby|php|go|cargo)$/;

export const execFormShellSyntax: Rule = {
  id: 'exec-form-shell-syntax',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ word = '', case: kind }) => {
    if (kind === 'one-word') return `The exec form takes ${word} as the name of one program, blanks and all.`;
    if (kind === 'pattern') return `The exec form does not expand ${word}: no file has that name.`;
    return `The exec form passes ${word} on as it is: there is no shell to understand it.`;
  },
  advice: ({ case: kind }) => {
    if (kind === 'one-word') return 'Write each argument as a string of its own.';
    if (kind === 'pattern') return 'Give the file a fixed name when it is copied, and start that.';
    return 'Write the value, or ["sh", "-c", "exec …"] where it has to be worked out at start.';
  },
  find: (view) =>
    view.stages.flatMap((stage) => {
      const targets = stage.allSteps.map((step) => step.copy?.target ?? '');
      return stage.stage.instructions.flatMap((one) => shellSyntax(one, targets));
    }),
};

function shellSyntax(instruction: Instruction, targets: readonly string[]): Catch[] {
  const { keyword, json } = instruction;
  if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || json === null || shellScript(json) !== null) return [];
  const [program = '', ...args] = json;
  const report = (word: string, kind: string): Catch[] => [{ ...at(instruction), args: { word, case: kind } }];
  if (json.length === 1 && /^[\w./-]+ +\S/.test(program)) return report(program, 'one-word');
  const jar = baseName(program) === 'java' ? args[args.indexOf('-jar') + 1] : undefined;
  if (args.includes('-jar') && jar?.includes('*') === true && !targets.some((target) => target.endsWith(jar)))
    return report(jar, 'pattern');
  const operator = args.find((arg) => /^(?:&&|\|\||\||;|>|>>|2>&1)$/.test(arg));
  if (operator !== undefined && LITERAL.test(baseName(program))) return report(operator, 'operator');
  const variable = LITERAL.test(baseName(program))
    ? args.find((arg) => /\$(?:\{\w+(?:[:}-])|[A-Za-z_]\w*)/.test(arg))
    : undefined;
  const isCode = args.some((arg) => /^-(?:e|c|p|g|-eval)$/.test(arg));
  return variable === undefined || isCode ? [] : report(variable, 'variable');
}
