import { UserError } from '../errors.ts';
import type { Language } from '../languages/language.ts';
import type { Project } from '../model/project.ts';
import type { Evidence } from '../model/service.ts';
import { strangerIn } from './strangers.ts';

/** A directory that can become an image, with the evidence for its language, strongest first. */
export interface ServiceCandidate {
  readonly directory: string;
  readonly language: string;
  readonly strength: number;
  readonly evidence: readonly Evidence[];
}

/** Folders that show or test something else: what stands in them is rarely what shall be deployed. */
const SIDE_SHOW =
  /(?:^|\/)(?:examples?|samples?|demos?|tests?|__tests__|e2e|fixtures?|__fixtures__|docs?|benchmarks?|templates?|scripts?|tools?)(?:\/|$)/;
const SIDE_SHOW_COSTS = 45;

/** Evidence weaker than this speaks for tooling, not for a service. */
const WEAKEST = 20;

/** Every service that the project may hold, the likeliest first. An empty list: nothing was recognised. */
export function detectServices(project: Project, languages: readonly Language[]): readonly ServiceCandidate[] {
  const byDirectory = new Map<string, Evidence[]>();
  for (const evidence of languages.flatMap((language) => language.detect(project))) {
    byDirectory.set(evidence.directory, [...(byDirectory.get(evidence.directory) ?? []), evidence]);
  }
  return [...byDirectory]
    .map(([directory, evidence]) => candidate(directory, evidence))
    .filter((one) => one !== null)
    .sort(
      (a, b) =>
        b.strength - a.strength || depth(a.directory) - depth(b.directory) || (a.directory < b.directory ? -1 : 1),
    );
}

function candidate(directory: string, evidence: readonly Evidence[]): ServiceCandidate | null {
  const ranked = [...evidence].sort((a, b) => b.strength - a.strength || (a.language < b.language ? -1 : 1));
  const first = ranked[0];
  if (!first) return null;
  const strength = first.strength - (SIDE_SHOW.test(directory) ? SIDE_SHOW_COSTS : 0);
  return strength < WEAKEST ? null : { directory, language: first.language, strength, evidence: ranked };
}

function depth(directory: string): number {
  return directory === '.' ? 0 : directory.split('/').length;
}

/** The sentence for a project in which no language found anything: what was looked for, what is there, and what can be done. */
export function nothingRecognised(
  project: Project,
  languages: readonly { readonly name: string; readonly files: readonly string[] }[],
): UserError {
  const looked = languages.map((language) => `${language.name} (${language.files.join(', ')})`).join('; ');
  const names = project.entries('.').map((entry) => (entry.kind === 'directory' ? `${entry.name}/` : entry.name));
  const seen =
    names.length === 0
      ? 'The directory is empty.'
      : `Seen: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''}.`;
  const stranger = strangerIn(project);
  const known = stranger ? ` ${stranger.file} speaks for ${stranger.what}, which is not supported.` : '';
  return new UserError(
    'nothing-recognised',
    `No service was recognised in ${project.name}.${known} Looked for: ${looked}. ${seen}`,
    nextStep(project, stranger !== null),
  );
}

/** A Dockerfile that works can be converted, whatever it builds. */
function nextStep(project: Project, isStranger: boolean): string {
  if (project.isFile('Dockerfile')) return 'There is a Dockerfile: "convert" splits it into stages, "check" reads it.';
  return isStranger
    ? 'Write a Dockerfile with one stage that builds and starts it; "convert" then splits that into stages.'
    : 'Give the directory of the service, or name it with --service.';
}
