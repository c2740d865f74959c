import { describe, expect, test } from 'vitest';
import type { ImagePlan } from '../../src/model/plan.ts';
import { nextCommands } from '../../src/wizard/next-commands.ts';

function plan(changes: Partial<ImagePlan> & { port?: number | null }): ImagePlan {
  const { port = 3000, ...rest } = changes;
  return {
    name: 'app',
    context: '.',
    dockerfile: 'Dockerfile',
    runtime: { port, workdir: '/app' },
    notes: [],
    ...rest,
  } as unknown as ImagePlan;
}

describe('the next commands', () => {
  test('build and run what was written, from where the program was started', () => {
    expect(nextCommands(plan({}), '.')).toEqual([
      'docker build -t app .',
      'docker run --rm -p 3000:3000 --read-only --tmpfs /tmp app',
      'create-multistage-docker verify',
    ]);
  });

  test('mount what the program writes to', () => {
    const note = {
      code: 'writable-folders',
      severity: 'info',
      places: [],
      args: { folders: '/app/data, /app/tmp' },
    } as const;
    expect(nextCommands(plan({ notes: [note] }), '.')[1]).toContain(
      '--tmpfs /tmp --tmpfs /app/data --tmpfs /app/tmp app',
    );
  });

  test('mount nothing over the code of a program that writes beside it', () => {
    const note = { code: 'writable-folders', severity: 'info', places: [], args: { folders: '/app' } } as const;
    expect(nextCommands(plan({ notes: [note] }), '.')[1]).toBe('docker run --rm -p 3000:3000 app');
    const file = { ...note, code: 'writable-folders-beside-source', args: { folders: '/app/app.log' } };
    expect(nextCommands(plan({ notes: [file] }), '.')[1]).toBe('docker run --rm -p 3000:3000 app');
  });

  test('verify the file that was written, from its context', () => {
    const shared = plan({ context: 'mono', dockerfile: 'mono/apps/api/Dockerfile' });
    expect(nextCommands(shared, 'repo')[2]).toBe(
      'create-multistage-docker verify repo/mono --dockerfile apps/api/Dockerfile',
    );
  });

  test.each([
    ['my app', '.', 'Dockerfile', `docker build -t app 'my app'`],
    ['../api', '.', 'Dockerfile', 'docker build -t app ../api'],
    ['..', '.', 'Dockerfile', 'docker build -t app ..'],
    ['/srv/app/', '.', 'Dockerfile', 'docker build -t app /srv/app/'],
    ['.', 'api', 'api/Dockerfile', 'docker build -t app api'],
    ['.', '.', 'apps/api/Dockerfile', 'docker build -t app -f apps/api/Dockerfile .'],
    ['repo', '.', 'apps/api/Dockerfile', 'docker build -t app -f repo/apps/api/Dockerfile repo'],
    ['../repo', '.', 'Dockerfile.multistage', 'docker build -t app -f ../repo/Dockerfile.multistage ../repo'],
    ['-x', '.', 'Dockerfile', 'docker build -t app ./-x'],
  ])('in %s with the context %s and %s are %s', (directory, context, dockerfile, command) => {
    expect(nextCommands(plan({ context, dockerfile }), directory)[0]).toBe(command);
  });

  test('publish no port for a worker', () => {
    expect(nextCommands(plan({ port: null }), '.')[1]).toBe('docker run --rm --read-only --tmpfs /tmp app');
  });

  test.each([
    ['@acme/My Api', 'my-api'],
    ['über größe', 'ber-gr-e'],
    ['日本', 'app'],
    ['../../x', 'x'],
    ['-', 'app'],
  ])('name the image of %s %s', (name, image) => {
    expect(nextCommands(plan({ name }), '.')[0]).toBe(`docker build -t ${image} .`);
  });
});
