import { UserError } from '../../errors.ts';
import type { OutputFile } from '../../model/output.ts';
import type { ImagePlan } from '../../model/plan.ts';
import type { Question } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { render } from '../../render/render.ts';
import { checkedAnswer } from '../../wizard/answers.ts';
import { type Change, changesOf, conflicts, type Existing } from '../../write/changes.ts';
import { readTarget, type Target } from '../../write/target.ts';
import type { Session } from './session.ts';

/** Output files with what stands at their places, the Dockerfile first. */
interface Draft {
  readonly plan: ImagePlan;
  readonly files: readonly OutputFile[];
  readonly targets: readonly Target[];
}

export interface SettledFiles {
  readonly plan: ImagePlan;
  readonly changes: readonly Change[];
  /** somebody has said already what shall become of files that were there */
  readonly isDecided: boolean;
}

/** How a person decides about one existing file that differs. */
export type Decide = (file: OutputFile, before: Buffer) => Promise<Existing>;

const DOCKERFILE: Question = {
  id: 'dockerfile',
  message: 'Where to write the Dockerfile',
  recommended: null,
  from: [],
  open: false,
  format: 'file',
};

/** Where the Dockerfile goes: as told, beside a service that shares its context with others, else at the context's root. */
export function placeDockerfile({ given }: Session, plan: ImagePlan, sharesContext: boolean): ImagePlan {
  const told = given['dockerfile'];
  if (told !== undefined) return { ...plan, dockerfile: joinPath(checkedAnswer(DOCKERFILE, told)) };
  return sharesContext ? { ...plan, dockerfile: joinPath(plan.directory, 'Dockerfile') } : plan;
}

/**
 * The files, and what becomes of each. `decide` is asked for one that exists and differs; `null`: nobody can be asked.
 * Throws UserError `target-exists`, `target-unwritable`, `cancelled`.
 */
export async function settleFiles(session: Session, plan: ImagePlan, decide: Decide | null): Promise<SettledFiles> {
  const { root, options, given } = session;
  let draft = draftOf(root, plan);
  const decisions = new Map<string, Existing>();
  for (const target of conflicts(draft.files, draft.targets)) {
    const file = draft.files.find(({ path }) => path === target.path);
    if (!file || target.before === null) continue;
    const told = given['existing'] as Existing | undefined;
    const asks = decide !== null && !options.dryRun;
    const decision =
      told ?? (asks ? await decide(file, target.before) : unasked(root, draft, target.path, options.dryRun));
    if (decision === undefined) throw existing(draft);
    decisions.set(target.path, decision);
    if (decision !== 'beside') continue;
    if (target.path === draft.plan.dockerfile) {
      draft = draftBeside(root, draft.plan);
      break;
    }
    draft = withIgnoreFileBeside(root, draft);
  }
  const decided = (path: string) => (decisions.get(path) === 'skip' ? 'skip' : 'replace');
  const changes = changesOf(draft.files, draft.targets, decided);
  return { plan: draft.plan, changes, isDecided: decisions.size > 0 };
}

function draftOf(root: string, plan: ImagePlan): Draft {
  const files = render(plan);
  return { plan, files, targets: files.map(({ path }) => readTarget(root, path)) };
}

const MOST_NAMES = 100;

/** The first of `Dockerfile.multistage`, `Dockerfile.multistage2` … that is free or holds just this. */
function draftBeside(root: string, plan: ImagePlan): Draft {
  for (let count = 1; count <= MOST_NAMES; count += 1) {
    const dockerfile = `${plan.dockerfile}.multistage${count === 1 ? '' : count}`;
    const draft = draftOf(root, { ...plan, dockerfile });
    if (conflicts(draft.files, draft.targets).length === 0) return draft;
  }
  throw new UserError(
    'target-exists',
    `There are ${MOST_NAMES} files ${plan.dockerfile}.multistage… already.`,
    'Remove some of them, or give --dockerfile FILE.',
  );
}

/** The engine reads `Dockerfile.dockerignore` before `.dockerignore`: so the old one may stay for other Dockerfiles. */
function withIgnoreFileBeside(root: string, draft: Draft): Draft {
  const [dockerfile, ignore] = draft.files;
  if (!dockerfile || !ignore) return draft;
  const beside = { ...ignore, path: `${dockerfile.path}.dockerignore` };
  const files = [dockerfile, beside];
  return { ...draft, files, targets: files.map(({ path }) => readTarget(root, path)) };
}

/**
 * Without a person: an ignore file alone may stay as it is, since the new one can stand beside the Dockerfile and nothing is
 * lost; many frameworks make one for a Dockerfile of theirs, and it keeps the sources out.
 */
function unasked(root: string, draft: Draft, path: string, isOnlyShown: boolean): Existing | undefined {
  const isIgnoreFile = path !== draft.plan.dockerfile && path !== `${draft.plan.dockerfile}.dockerignore`;
  const beside = withIgnoreFileBeside(root, draft);
  if (isIgnoreFile && conflicts(beside.files, beside.targets).length === 0) return 'beside';
  return isOnlyShown ? 'replace' : undefined;
}

function existing(draft: Draft): UserError {
  const paths = conflicts(draft.files, draft.targets).map(({ path }) => path);
  const old = draft.targets.find(({ path }) => path === draft.plan.dockerfile)?.before?.toString('utf8') ?? '';
  const convert = isSingleStage(old)
    ? ' Or keep what it does and make it multi-stage: create-multistage-docker convert.'
    : '';
  return new UserError(
    'target-exists',
    `${paths.join(' and ')} ${paths.length === 1 ? 'exists and differs' : 'exist and differ'}; nothing was written.`,
    `--force replaces with a backup, --existing beside writes next to it, --dry-run shows the new files.${convert}`,
  );
}

/** One FROM: without the parser, which only a person who is asked has to wait for. */
export function isSingleStage(dockerfile: string): boolean {
  return (dockerfile.match(/^[ \t]*FROM[ \t]/gim) ?? []).length === 1;
}
