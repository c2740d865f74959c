import type { Report } from '../../src/model/report.ts';

const HEAD = [
  'sample',
  'answers',
  'image MB',
  'over base MB',
  'build s',
  'rebuild: steps, s, pushed kB',
  'stop s',
  'warned of',
];

/** What an engine showed of each sample, as a Markdown table. */
export function measuredTable(reports: ReadonlyMap<string, Report>): string {
  const rows = [...reports]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, report]) => rowOf(name, report));
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(name: string, { build, image, boots, http, stop, rebuild, checks }: Report): readonly string[] {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const answers = http.map(({ request, status }) => `${request} ${status}`).join(', ');
  const ready = boots.some((boot) => boot.ready) ? 'ready' : 'not ready';
  const again = rebuild?.again.map((step) => step.name.split(' ').slice(0, 3).join(' ')).join('; ');
  const warned = checks.filter(({ status }) => status === 'warn').map(({ id }) => id);
  return [
    name,
    answers || ready,
    image ? megabytes(image.bytes) : '',
    image ? megabytes(image.overBaseBytes) : '',
    build ? build.seconds.toFixed(0) : '',
    rebuild ? `${again}, ${rebuild.seconds.toFixed(1)}, ${(rebuild.pushBytes / 1e3).toFixed(0)}` : '',
    stop ? stop.seconds.toFixed(1) : '',
    warned.join(', '),
  ];
}
