import { callsOf } from '../commands.ts';
import { textInContext } from '../context.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type Step, stageNamed, type View } from '../view.ts';

export const jarAmbiguous: Rule = {
  id: 'jar-ambiguous',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ pattern = '', other = '' }) =>
    `${pattern} also matches ${other}, and two files cannot be copied to one name.`,
  advice: ({ tool = '' }) =>
    tool === 'gradle'
      ? 'Run bootJar instead of build, or turn the jar task off, or name the file.'
      : 'Name the file, or set finalName and copy that.',
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => ambiguous(view, step))),
};

function ambiguous(view: View, step: Step): Catch[] {
  const { copy, instruction } = step;
  const from = copy?.from == null ? null : stageNamed(view, copy.from, step.stage);
  const pattern = copy?.sources.find(({ path }) => /\/(?:libs|target)\/\*\.jar$/.test(path ?? ''))?.path;
  if (copy === null || from === null || pattern == null || copy.isFolder || copy.excludes.length > 0) return [];
  const calls = from.allSteps.flatMap(callsOf);
  const other = /\/libs\//.test(pattern) ? gradlePlain(view, calls) : mavenOriginal(view);
  const isMended = calls.some(({ program }) => /^(?:rm|mv|find|cp)$/.test(program));
  const tool = /\/libs\//.test(pattern) ? 'gradle' : 'maven';
  return other === null || isMended ? [] : [{ ...at(instruction), args: { pattern, other, tool } }];
}

/** From Spring Boot 2.5 on `build` and `assemble` also make a jar of the classes alone. */
function gradlePlain(view: View, calls: readonly { program: string; operands: readonly string[] }[]): string | null {
  const text = ['build.gradle', 'build.gradle.kts']
    .map((path) => (view.context === null ? null : textInContext(view.context, path)))
    .find((one) => one !== null);
  const gradle = calls.filter(({ program }) => /^(?:gradle|\.\/gradlew)$/.test(program));
  const isBoth = gradle.some(({ operands }) =>
    operands.some((word) => /^:?(?:[\w-]+:)*(?:build|assemble|jar)$/.test(word)),
  );
  const [, major = '', minor = ''] =
    /org\.springframework\.boot["')]+\s*version\s*\(?["'](\d+)\.(\d+)/.exec(text ?? '') ?? [];
  const isNew = Number(major) > 2 || (major === '2' && Number(minor) >= 5);
  const isOff = /\bjar\b[\s\S]{0,40}enabled|archiveClassifier|named.*"jar"/.test(text ?? '');
  return text != null && isBoth && isNew && !isOff ? 'the -plain.jar' : null;
}

/** The shade plugin keeps what it started from as `original-*.jar`; source and documentation jars lie there too. */
function mavenOriginal(view: View): string | null {
  const text = view.context === null ? null : textInContext(view.context, 'pom.xml');
  const plugins =
    /<build>[\s\S]*<\/build>/.exec((text ?? '').replaceAll(/<(profiles|pluginManagement)>[\s\S]*?<\/\1>/g, ''))?.[0] ??
    '';
  if (plugins.includes('maven-shade-plugin') && !plugins.includes('outputFile')) return 'original-*.jar';
  return /maven-source-plugin[\s\S]*?<goal>jar/.test(plugins) ? 'the -sources.jar' : null;
}
