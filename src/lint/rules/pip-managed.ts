import { callsOf, hasOption, isCertain } from '../commands.ts';
import type { ImageFacts } from '../images/facts.ts';
import { installedPackages } from '../installs.ts';
import { at, type Rule } from '../rule.ts';

export const pipManaged: Rule = {
  id: 'pip-managed',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ image = '' }) =>
    `The Python of ${image} belongs to its package manager: pip ends with "externally-managed-environment".`,
  advice: () =>
    'Make a virtual environment and install into it: python3 -m venv /opt/venv && /opt/venv/bin/pip install …',
  find: (view) =>
    view.stages.flatMap((stage) => {
      const { facts } = stage;
      const text = stage.allSteps.map(({ instruction }) => instruction.body.text).join('\n');
      const isMended = /BREAK_SYSTEM_PACKAGES|break-system-packages|EXTERNALLY-MANAGED|venv|conda|pyenv/i.test(text);
      if (facts === null || !isManaged(facts) || isMended) return [];
      const packages = stage.allSteps.flatMap(callsOf).flatMap((call) => installedPackages(call) ?? []);
      const step = packages.some((name) => /^(?:python3|py3)-pip$/.test(name))
        ? stage.steps.find((one) =>
            callsOf(one).some(
              (call) =>
                isCertain(call) &&
                /^pip3?$/.test(call.path) &&
                call.operands[0] === 'install' &&
                !hasOption(call.args, '-t', '--target', '--prefix', '--root'),
            ),
          )
        : undefined;
      return step === undefined ? [] : [{ ...at(step.instruction), args: { image: facts.reference } }];
    }),
};

/** Debian from 12, Ubuntu from 24.04 and Alpine from 3.19 carry the mark of PEP 668; images of Python itself do not. */
function isManaged({ family, suite, system }: ImageFacts): boolean {
  if (family.product === 'python') return false;
  if (system === 'alpine') return Number(/^alpine3\.(\d+)/.exec(suite ?? '')?.[1] ?? 0) >= 19;
  return /^(?:bookworm|trixie|forky|sid|noble|plucky|resolute)$/.test(suite ?? '');
}
