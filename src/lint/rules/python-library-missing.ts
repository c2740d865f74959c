import { NEEDS } from '../../images/python-needs.ts';
import { callsOf } from '../commands.ts';
import { imageHas } from '../images/facts.ts';
import { installedPackages } from '../installs.ts';
import { toolPresence } from '../presence.ts';
import { type Requirement, requirementsOf } from '../python-requirements.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, type Step, shippedStages, usedStages, type View } from '../view.ts';

export const pythonLibraryMissing: Rule = {
  id: 'python-library-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ name = '', from = '', image = '', case: kind, packages = '' }) => {
    const where = from === '' ? name : `${name} (${from})`;
    if (kind === 'run') return `${where} loads a library of ${packages}, which ${image} does not have.`;
    return `${where} has no wheel for Linux and is compiled: ${image} has no ${kind === 'compiler' ? 'compiler' : packages}.`;
  },
  advice: ({ name = '', packages = '', case: kind }) => {
    if (kind === 'run') return `Install ${packages} in the final stage.`;
    const other = name === 'psycopg2' ? ', or take psycopg2-binary' : '';
    return `Install ${packages} before it, in a build stage${other}.`;
  },
  find: (view) => {
    const used = usedStages(view);
    const built = view.stages
      .filter(({ stage }) => used.has(stage.index))
      .flatMap((stage) => stage.steps.flatMap((step) => notCompiled(view, stage, step)));
    return built.length > 0 ? built : notLoaded(view);
  },
};

/** No release of today has a wheel for Linux. Asked of the package index on 2026-11-29. */
const COMPILED =
  /^(?:psycopg2|psycopg-c|mysqlclient|flask-mysqldb|pycairo|rlpycairo|python-ldap|django-auth-ldap|flask-simpleldap|pylibmc|gssapi|pyaudio|dlib|face-recognition|pdftotext|gdal|uwsgi)$/;

/** What does not even import without its library. */
const LOADED =
  /^(?:psycopg2?|psycopg-c|mysqlclient|flask-mysqldb|pycairo|rlpycairo|cairosvg|cairocffi|(?:django-)?weasyprint|opencv-(?:contrib-)?python|python-magic|pyaudio|sounddevice|pyzbar|wand|pyenchant|lightgbm|gssapi|pylibmc|pdftotext|gitpython)$/;

/** Packages that bring no library of these along. */
const PLAIN =
  /^(?:ca-certificates|curl|wget|tini|dumb-init|gosu|tzdata|locales|procps|netcat\S*|gettext|unzip|zip|make|gcc|g\+\+|build-essential|libc6-dev|libffi-dev|libssl-dev|python3-dev|bash|vim|nano|jq|gnupg2?|apt-transport-https|libpq5|libpq-dev|default-libmysqlclient-dev|libmariadb3|pkg-config|postgresql-client|iputils-ping)$/;

const isSlimPython = ({ facts }: StageView): boolean =>
  facts?.family.id === 'python' && facts.system === 'debian' && imageHas(facts, 'gcc') === false;

/** `null`: some are not known. */
function systemPackages(steps: readonly Step[]): readonly string[] | null {
  const found = steps.flatMap(callsOf).map(installedPackages);
  return found.includes(null) ? null : found.flatMap((names) => names ?? []);
}

function notCompiled(view: View, stage: StageView, step: Step): Catch[] {
  if (!isSlimPython(stage)) return [];
  if (toolPresence(view, stage, 'gcc', step.instruction.index + 1) !== false) return [];
  const found = requirementsOf(view, stage, step).find(({ name }) => COMPILED.test(name));
  if (found === undefined) return [];
  const wanted = ['gcc', ...(found.name === 'uwsgi' ? [] : ['libc6-dev']), ...(NEEDS[found.name]?.build ?? [])];
  return [{ ...at(step.instruction), args: argsOf(found, stage, 'compiler', wanted) }];
}

function argsOf(
  found: Requirement,
  stage: StageView,
  kind: string,
  packages: readonly string[],
): Record<string, string> {
  const { name, from } = found;
  return { name, from, image: stage.facts?.reference ?? '', case: kind, packages: packages.join(' ') };
}

/** Packages that are installed or copied into a slim final stage without the libraries that they load. */
function notLoaded(view: View): Catch[] {
  const stage = view.final;
  if (stage === null || !isSlimPython(stage) || readStart(view) === null) return [];
  const shipped = shippedStages(view).flatMap(({ steps }) => steps);
  const installed = systemPackages(shipped);
  if (
    installed === null ||
    shipped.some((step) => step.copy?.sources.some(({ path }) => /^\/usr\/lib/.test(path ?? '')))
  )
    return [];
  const others = view.stages.filter((one) => !shippedStages(view).includes(one));
  const brought = shipped.some((step) => step.copy?.from != null && PACKAGES.test(step.instruction.body.text));
  const sources = [
    ...shippedStages(view).flatMap((one) => one.steps.map((step) => [one, step] as const)),
    ...(brought ? others.flatMap((one) => one.steps.map((step) => [one, step] as const)) : []),
  ];
  for (const [one, step] of sources) {
    const all = requirementsOf(view, one, step);
    const hasBinary = all.some(({ name }) => name === 'psycopg-binary');
    const found = all.find((one) => isUnloaded(one, installed) && !(one.name === 'psycopg' && hasBinary));
    if (found !== undefined) {
      const line =
        one === stage
          ? step.instruction
          : (shipped.find(({ copy }) => copy?.from != null)?.instruction ?? stage.stage.from);
      return [{ ...at(line), severity: 'warning', args: argsOf(found, stage, 'run', NEEDS[found.name]?.run ?? []) }];
    }
  }
  return [];
}

const PACKAGES = /venv|site-packages|\/install|\.local|wheels|\/usr\/local(?:\s|\/lib)/;

function isUnloaded({ name, extras }: Requirement, installed: readonly string[]): boolean {
  const need = LOADED.test(name) ? NEEDS[name] : undefined;
  if (need === undefined || extras.some((extra) => /^(?:binary|c)$/.test(extra))) return false;
  if ([...need.run, ...need.build].some((one) => installed.some((other) => other.startsWith(one)))) return false;
  return installed.every((other) => PLAIN.test(other));
}
