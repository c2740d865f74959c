import { own } from '../../project/own.ts';
import { callsOf } from '../commands.ts';
import type { ImageFacts } from '../images/facts.ts';
import { installedPackages } from '../installs.ts';
import { at, type Rule } from '../rule.ts';

export const packageGone: Rule = {
  id: 'package-gone',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ name = '', image = '' }) => `${image} has no package ${name} that could be installed.`,
  advice: ({ instead = '' }) => (instead === '' ? 'Take its successor, or leave it out.' : `Install ${instead}.`),
  find: (view) =>
    view.stages.flatMap((stage) => {
      const { facts } = stage;
      const isOther = stage.allSteps.some(({ instruction }) =>
        /sources\.list|add-apt-repository|\.deb\b|\/repositories/.test(instruction.body.text),
      );
      if (facts === null || isOther) return [];
      return stage.steps.flatMap((step) => {
        const packages = callsOf(step).flatMap((call) => installedPackages(call) ?? []);
        for (const name of packages) {
          const instead = successor(facts, name);
          if (instead !== null) return [{ ...at(step.instruction), args: { name, instead, image: facts.reference } }];
        }
        return [];
      });
    }),
};

/** Name → what took its place, where there is such. Tried with apt-get in containers of both on 2026-11-29. */
const GONE_BOOKWORM: Readonly<Record<string, string>> = {
  netcat: 'netcat-openbsd',
  'mysql-client': 'default-mysql-client',
  'mysql-server': 'default-mysql-server',
  'libmysqlclient-dev': 'default-libmysqlclient-dev',
  python: 'python3',
  python2: 'python3',
  'python-dev': 'python3-dev',
  'python-pip': 'python3-pip',
  'libssl1.1': 'libssl3',
  'chromium-browser': 'chromium',
};
const GONE_TRIXIE: Readonly<Record<string, string>> = {
  ...GONE_BOOKWORM,
  'libgl1-mesa-glx': 'libgl1',
  'python3-distutils': 'python3-setuptools',
  'software-properties-common': '',
  'libpcre3-dev': 'libpcre2-dev',
  wkhtmltopdf: '',
  'libgconf-2-4': '',
  'libatlas-base-dev': 'libopenblas-dev',
};
/** Java of earlier distributions. */
const JAVA = /^openjdk-(8|11|17)-(jdk|jre)(-headless)?$/;

/** Names that Alpine gave up. */
const ALPINE: Readonly<Record<string, string>> = {
  python: 'python3',
  'python-dev': 'python3-dev',
  python2: 'python3',
  'nodejs-npm': 'nodejs npm',
};

function successor({ system, suite }: ImageFacts, name: string): string | null {
  if (system === 'alpine')
    return Number(/^alpine3\.(\d+)/.exec(suite ?? 'alpine3.99')?.[1]) >= 16 ? (own(ALPINE, name) ?? null) : null;
  if (system !== 'debian' || (suite !== 'bookworm' && suite !== 'trixie')) return null;
  const [, version, kind = '', headless = ''] = JAVA.exec(name) ?? [];
  if (version !== undefined && (version !== '17' || suite === 'trixie')) return `default-${kind}${headless}`;
  return own(suite === 'trixie' ? GONE_TRIXIE : GONE_BOOKWORM, name) ?? null;
}
