import type { RunStep } from '../../model/plan.ts';
import { VENV } from './install-step.ts';

/** The final image has its interpreter elsewhere; a virtual environment finds it through a link and one line of its settings. */
export function relocation(python: string): RunStep {
  return {
    mounts: [],
    commands: [
      `ln -sf /usr/bin/python${python} ${VENV}/bin/python`,
      `sed -i 's|^home = .*|home = /usr/bin|' ${VENV}/pyvenv.cfg`,
    ],
  };
}
