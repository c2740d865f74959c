import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const IMPORT = /(from |import\()'(\.[^']+)\.ts'/g;

/** Writes `index.d.ts` and the declarations that it leads to, into `directory`. */
export function writeTypes(directory) {
  const scratch = mkdtempSync(join(tmpdir(), 'types-'));
  try {
    const config = {
      extends: resolve('tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        // Types are checked on their own (`npm run types`).
        noCheck: true,
        outDir: join(scratch, 'out'),
        rootDir: resolve('src'),
        typeRoots: [resolve('node_modules/@types')],
      },
      include: [],
      files: [resolve('src/index.ts'), resolve('src/render/virtual-templates.d.ts')],
    };
    writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(config));
    const tsc = resolve('node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', scratch], { stdio: ['ignore', 'inherit', 'inherit'] });
    copyReachable(join(scratch, 'out'), directory);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The compiler declares every module; a user of the package needs those that the interface names. */
function copyReachable(from, to) {
  const queue = [join(from, 'index.d.ts')];
  for (const path of queue) {
    const text = readFileSync(path, 'utf8');
    for (const [, , imported] of text.matchAll(IMPORT)) {
      const target = join(dirname(path), `${imported}.d.ts`);
      if (!queue.includes(target)) queue.push(target);
    }
    const copy = join(to, relative(from, path));
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, text.replaceAll(IMPORT, "$1'$2.js'"));
  }
}
