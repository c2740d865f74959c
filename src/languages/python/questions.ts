import type { Question } from '../../model/question.ts';
import type { PythonFacts } from './facts.ts';
import { releaseFor, serverOf } from './server.ts';

/** Which production server runs the application: open only where the project declares none. */
export function questions(facts: PythonFacts): readonly Question[] {
  const { server } = facts;
  if (!server) return [];
  return [
    {
      id: 'server',
      message: 'Server that runs the application',
      choices: server.others.map(serverOf).map((one) => {
        const release = releaseFor(one, facts.version.value);
        const isOwn = one.id === server.id && server.isDeclared;
        return {
          value: one.id,
          label: one.name,
          hint: `${one.why} ${isOwn ? 'Declared by the project.' : `Installs ${release ?? 'what the project declares'}.`}`,
        };
      }),
      recommended: server.id,
      from: [server.from],
      open: !server.isDeclared,
      format: 'choice',
    },
  ];
}
