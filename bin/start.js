// A file of its own: older versions cannot even read what follows.
'use strict';

const args = process.argv.slice(2);
const isQuick = args.some((word) => ['--help', '-h', '--version', '-V'].includes(word));
const answer = isQuick ? require('../dist/quick.cjs').quickAnswer(args, columns, version) : null;

if (answer === null) require('../dist/cli.cjs');
else process.stdout.write(answer);

function columns() {
  return process.stdout.columns || Number(process.env.COLUMNS) || 80;
}

function version() {
  return require('../package.json').version;
}
