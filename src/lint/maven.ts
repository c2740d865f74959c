import { callsOf, folderOf, isCertain } from './commands.ts';
import { textInContext } from './context.ts';
import { fileOrigin } from './origin.ts';
import { absolutePath } from './paths.ts';
import type { StageView, View } from './view.ts';

/** What names or moves the artefact in ways that only Maven can work out. */
const OPEN = /<modules>|<profile>|<classifier>|<outputDirectory>|shade|assembly|quarkus|<finalName>[^<]*\$/;

/** The one file that `mvn package` of a plain project leaves in a stage's `target`; `null` where the files do not tell. */
export function mavenArtefact(view: View, stage: StageView): string | null {
  for (const step of stage.allSteps) {
    const call = callsOf(step).find(
      (one) =>
        isCertain(one) &&
        /^(?:mvn|\.\/mvnw)$/.test(one.program) &&
        one.operands.some((goal) => /^(?:package|verify|install)$/.test(goal)),
    );
    const folder = call === undefined ? null : folderOf(step, call);
    if (call === undefined || folder === null) continue;
    const origin = fileOrigin(view, stage, absolutePath(folder, 'pom.xml'), step.instruction.index);
    const pom = origin === null || view.context === null ? null : textInContext(view.context, origin.contextPath);
    const isSteered = call.args.some((arg) => /^-(?:f|pl|P|D(?:revision|finalName|project\.build))/.test(arg));
    const name = pom === null || isSteered ? null : artefactName(pom);
    return name === null ? null : absolutePath(folder, `target/${name}`);
  }
  return null;
}

/** The project's own coordinates, without those of what it mentions. */
function artefactName(pom: string): string | null {
  const plain = pom.replaceAll(/<!--[\s\S]*?-->/g, '');
  if (OPEN.test(plain)) return null;
  const own = plain.replaceAll(
    /<(parent|dependencies|dependencyManagement|build|properties|reporting)>[\s\S]*?<\/\1>/g,
    '',
  );
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(plain)?.[1] ?? '';
  const text = (from: string, tag: string): string | undefined =>
    new RegExp(`<${tag}>\\s*([^<\\s]+)\\s*</${tag}>`).exec(from)?.[1];
  const version = text(own, 'version') ?? text(parent, 'version');
  const name = text(plain, 'finalName') ?? `${text(own, 'artifactId') ?? '$'}-${version ?? '$'}`;
  const packaging = text(own, 'packaging') ?? 'jar';
  return name.includes('$') || !/^[jw]ar$/.test(packaging) ? null : `${name}.${packaging}`;
}
