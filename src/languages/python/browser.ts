import type { Fact } from '../../model/fact.ts';
import type { CopyStep } from '../../model/plan.ts';
import { type Dependencies, hasPackage } from './dependencies.ts';
import { type Step, step, VENV } from './install-step.ts';
import { placeIn, type Source } from './sources.ts';

/** Folder for the browser of Playwright: the program finds it there under every user. */
const FOLDER = '/opt/playwright';

export const BROWSER_ENV = ['PLAYWRIGHT_BROWSERS_PATH', FOLDER] as const;

/** Where the program starts Chromium by Playwright, whose package brings no browser along; `null` where it starts none or another. */
export function browserFact(dependencies: Dependencies, reached: readonly Source[]): Fact | null {
  if (!hasPackage(dependencies, 'playwright')) return null;
  for (const source of reached) {
    const one = source.imports.find(({ module }) => module.split('.')[0] === 'playwright');
    if (one) {
      const isOther = /\.(?:firefox|webkit)\.launch/.test(source.code) && !/\.chromium\.launch/.test(source.code);
      return isOther ? null : { value: 'playwright', from: placeIn(source, one.offset) };
    }
  }
  return null;
}

export function browserStep(): Step {
  const command = `${BROWSER_ENV.join('=')} ${VENV}/bin/playwright install chromium`;
  return step('The browser that Playwright drives, of the release that fits it', [], [command]);
}

export function browserCopy(stage: string): CopyStep {
  return { from: stage, sources: [FOLDER], target: FOLDER, chmod: null, parents: false };
}
