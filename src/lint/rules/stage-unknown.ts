import { kindInContext, textInContext } from '../context.ts';
import { mayBePulled } from '../images/official.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, stageNamed, type View } from '../view.ts';

/** Files that can give a build contexts of other names. */
const CONTEXT_GIVERS = [
  'docker-bake.hcl',
  'docker-bake.json',
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

export const stageUnknown: Rule = {
  id: 'stage-unknown',
  concern: 'build',
  severity: 'error',
  aliases: ['DL3022'],
  message: ({ name = '', case: kind }) => {
    if (kind === 'variable') return `--from=${name}: the engine does not replace variables there.`;
    if (kind === 'later') return `The stage ${name} is defined further down; a stage can only use those above it.`;
    if (kind === 'self') return `The stage ${name} copies from itself.`;
    return `There is no stage ${name} above, and no public image of that name.`;
  },
  advice: ({ case: kind, near = '' }) => {
    if (kind !== 'variable' && near !== '') return `Did you mean ${near}?`;
    if (kind === 'variable') return 'Name the image in a FROM line with AS and copy from that stage.';
    return kind === 'unknown'
      ? 'Correct the name, or name the stage with AS.'
      : 'Move the stage up, or use another one.';
  },
  find: (view) => view.stages.flatMap((stage) => [...baseCatches(view, stage), ...copyCatches(view, stage)]),
};

function baseCatches(view: View, stage: StageView): Catch[] {
  const name = stage.stage.image;
  if (stage.parent !== null || name.includes('$') || mayBePulled(name) || isGiven(view, name)) return [];
  const isLater = view.stages.some((other) => other.stage.name === name.toLowerCase());
  return isLater ? [{ ...at(stage.stage.from), args: { name, case: 'later' } }] : [];
}

function copyCatches(view: View, stage: StageView): Catch[] {
  return stage.steps.flatMap((step) => {
    const flag =
      step.instruction.keyword === 'COPY' ? step.instruction.flags.find((one) => one.name === 'from') : undefined;
    const name = flag?.value ?? null;
    if (name === null || name === '') return [];
    const kind = problemWith(view, stage, name);
    return kind === null
      ? []
      : [{ ...at(step.instruction), args: { name, case: kind, near: nearName(view, stage, name) } }];
  });
}

/** The stage above that was probably meant, or the only one there is. */
function nearName(view: View, stage: StageView, name: string): string {
  const names = view.stages.slice(0, stage.stage.index).flatMap((other) => other.stage.name ?? []);
  return names.find((other) => isNear(other, name.toLowerCase())) ?? (names.length === 1 ? (names[0] ?? '') : '');
}

function problemWith(view: View, stage: StageView, name: string): string | null {
  if (name.includes('$')) return 'variable';
  if (stageNamed(view, name, stage.stage.index) !== null) return null;
  const same = view.stages.find(
    (other) => other.stage.name === name.toLowerCase() || String(other.stage.index) === name,
  );
  if (same !== undefined && same !== stage && mayBePulled(name)) return null;
  if (same !== undefined) return same === stage ? 'self' : 'later';
  if (/[:@]/.test(name) || mayBePulled(name) || isGiven(view, name)) return null;
  const isMisspelt = view.stages.some(
    (other) => other.stage.name !== null && isNear(other.stage.name, name.toLowerCase()),
  );
  return isMisspelt || STAGE_LIKE.test(name) ? 'unknown' : null;
}

/** An image of such a name may lie on the machine; these are what people call stages. */
const STAGE_LIKE =
  /^(?:\d+|build(?:er)?|base|deps|dependencies|compile[r]?|prod(?:uction)?|development|dev|test|assets|frontend|backend)$/i;

/** One letter more, less or other. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2 || Math.min(one.length, other.length) < 4) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.startsWith(short)) return true;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at + 1) === long.slice(at + 1) || short.slice(at) === long.slice(at + 1);
}

function isGiven(view: View, name: string): boolean {
  const { context } = view;
  if (context === null) return false;
  const paths = CONTEXT_GIVERS.filter((path) => kindInContext(context, path) === 'file');
  return paths.some((path) => (textInContext(context, path) ?? '').includes(name));
}
