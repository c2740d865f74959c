import type { Carry } from './carry.ts';
import { judgeOf } from './commands/index.ts';
import { at } from './copies.ts';
import { isWithin } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Made } from './trees.ts';

/** Programs that the container starts by their bare name and that the build put into a folder of PATH. */
export function installedPrograms(survey: Survey, made: Made): { carries: Carry[]; searchPaths: string[] } {
  const carries: Carry[] = [];
  const searchPaths = new Set<string>();
  const names = installedNames(survey);
  for (const [index, { program }] of survey.start.calls.entries()) {
    if (!/^[\w.+-]+$/.test(program) || BUILTINS.test(program)) continue;
    const folder = survey.trace.end.path.find((entry) => {
      if (isNamedProduct(made, `${entry}/${program}`)) return true;
      // a build that writes a whole folder is not taken to make a program that the system has under that name
      const mayBeSystem = judgeOf(program) !== null || (index > 0 && !names.has(program));
      return !mayBeSystem && isProduct(made, `${entry}/${program}`);
    });
    if (folder === undefined) continue;
    const path = `${folder}/${program}`;
    carries.push({ sources: [path], target: path, chown: null, why: { code: 'artefact', args: { path } } });
    if (/^\/(go|usr\/local\/cargo|root|home)\b/.test(folder)) searchPaths.add(folder);
  }
  return { carries, searchPaths: [...searchPaths] };
}

const BUILTINS = /^(exec|eval|set|shift|trap|wait|if|then|else|fi|for|while|do|done|case|esac|source|\.)$/;

/** Programs that `go install` and `cargo install` make: named as the package, the module, or a folder of `cmd`. */
function installedNames(survey: Survey): ReadonlySet<string> {
  const { project, directory } = survey.context;
  const calls = [...survey.runs.values()].flat().flatMap((part) => part.invocations);
  const named = calls
    .filter(({ name, args }) => /^(go|cargo)$/.test(name) && /^(install|get|build)$/.test(args[0] ?? ''))
    .flatMap(({ args }) => args.slice(1))
    .map(
      (word) =>
        word
          .replace(/@.*$/, '')
          .replace(/\/v\d+$/, '')
          .split('/')
          .at(-1) ?? '',
    );
  const module = /^module\s+(\S+)/m.exec(project.source(at(survey.context, 'go.mod')) ?? '')?.[1];
  const manifest = project.source(at(survey.context, 'Cargo.toml')) ?? '';
  const packages = [...manifest.matchAll(/^\s*name\s*=\s*"([^"]+)"/gm)].map((match) => match[1] ?? '');
  const commands = project.entries(directory === '.' ? 'cmd' : `${directory}/cmd`).map((entry) => entry.name);
  return new Set([
    ...named,
    ...packages,
    ...commands,
    module
      ?.replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? '',
  ]);
}

export function isProduct(made: Made, path: string): boolean {
  return [...made.products, ...made.writers].some((writer) => isWithin(path, writer.path));
}

/** A step names it as its output. */
function isNamedProduct(made: Made, path: string): boolean {
  return [...made.products, ...made.writers].some((writer) => writer.path === path);
}
