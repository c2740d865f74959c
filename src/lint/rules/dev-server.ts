import type { Invocation } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { startedPrograms } from '../servers.ts';
import { readStart } from '../start.ts';

export const devServer: Rule = {
  id: 'dev-server',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ program = '' }) => `The container runs ${program}, a server for development.`,
  advice: ({ instead = '' }) => instead,
  find: (view) => {
    const start = readStart(view);
    if (start === null) return [];
    for (const invocation of startedPrograms(view, start)) {
      const found = developmentServer(invocation);
      if (found !== null) return [{ ...at(start.command ?? start.instruction), args: found }];
    }
    return [];
  },
};

const STATIC = 'Build in an earlier stage and serve the files with a web server.';
const NODE = 'Build in an earlier stage and start the built file with node.';
const WSGI = 'Start the application with gunicorn or uvicorn.';

function developmentServer({ program, args, operands }: Invocation): { program: string; instead: string } | null {
  const [first = '', second] = operands;
  const found = (name: string, instead: string): { program: string; instead: string } => ({ program: name, instead });
  if (/^python[\d.]*$/.test(program) && /manage\.py$/.test(first) && second === 'runserver')
    return found('manage.py runserver', WSGI);
  if (program === 'flask' && first === 'run') return found('flask run', WSGI);
  if (program === 'uvicorn' && args.includes('--reload')) return found('uvicorn --reload', 'Leave --reload out.');
  if (program === 'fastapi' && first === 'dev') return found('fastapi dev', 'Use fastapi run.');
  if (program === 'react-scripts' && first === 'start') return found('react-scripts start', STATIC);
  if (program === 'vue-cli-service' && first === 'serve') return found('vue-cli-service serve', STATIC);
  if (program === 'ng' && first === 'serve') return found('ng serve', STATIC);
  if (program === 'vite' && (first === '' || first === 'dev' || first === 'serve')) return found('vite', STATIC);
  if (program === 'webpack-dev-server' || (program === 'webpack' && first === 'serve'))
    return found('webpack serve', STATIC);
  if ((program === 'next' || program === 'nuxt' || program === 'astro') && first === 'dev')
    return found(`${program} dev`, NODE);
  if (/^(?:nodemon|ts-node-dev|tsx)$/.test(program) && (program !== 'tsx' || first === 'watch'))
    return found(program, NODE);
  return program === 'nest' && first === 'start' && args.includes('--watch') ? found('nest start --watch', NODE) : null;
}
