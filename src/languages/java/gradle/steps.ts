import type { GradleBuild } from '../build.ts';
import type { BuildSteps } from '../steps.ts';
export function gradleSteps(_build: GradleBuild, _name: string, _usesWrapper: boolean): BuildSteps {
  throw new Error('later');
}
