import { own } from '../../project/own.ts';
import { optionOf } from './compile.ts';

/** How a program that a package installs takes its port and host. */
export interface ServedCommand {
  readonly port: number;
  readonly portVariable: string | null;
  readonly hostVariable: string | null;
  /** words that make it listen on every address, where no variable does */
  readonly hostWords: readonly string[];
}

/** Servers that come with a program of their own, by its name. Sources: their documentation of the command line. */
const COMMANDS: Readonly<Record<string, ServedCommand>> = {
  fastify: { port: 3000, portVariable: 'FASTIFY_PORT', hostVariable: 'FASTIFY_ADDRESS', hostWords: [] },
  'json-server': { port: 3000, portVariable: null, hostVariable: null, hostWords: ['--host', '0.0.0.0'] },
  directus: { port: 8055, portVariable: 'PORT', hostVariable: 'HOST', hostWords: [] },
  medusa: { port: 9000, portVariable: 'PORT', hostVariable: null, hostWords: [] },
  keystone: { port: 3000, portVariable: 'PORT', hostVariable: null, hostWords: [] },
  probot: { port: 3000, portVariable: 'PORT', hostVariable: 'HOST', hostWords: [] },
  'egg-scripts': { port: 7001, portVariable: 'PORT', hostVariable: null, hostWords: [] },
  micro: { port: 3000, portVariable: 'PORT', hostVariable: null, hostWords: [] },
  listhen: { port: 3000, portVariable: 'PORT', hostVariable: 'HOST', hostWords: [] },
  waku: { port: 8080, portVariable: 'PORT', hostVariable: null, hostWords: [] },
  srvx: { port: 3000, portVariable: 'PORT', hostVariable: 'HOST', hostWords: [] },
};

/** `null` for a program that is not known to serve; a port on its command line counts before its own. */
export function servedCommand(name: string, args: readonly string[]): ServedCommand | null {
  const command = own(COMMANDS, name);
  if (!command) return null;
  const given = Number(optionOf(args, ['-p', '--port']));
  const port = Number.isInteger(given) && given > 0 ? given : command.port;
  const hasHost = optionOf(args, ['-H', '--host', '-a', '--address']) !== null;
  return {
    ...command,
    port,
    portVariable: port === given && given > 0 ? null : command.portVariable,
    hostWords: hasHost ? [] : command.hostWords,
  };
}
