#!/usr/bin/env node
// Plain old JavaScript: every version of Node reads this file, to be told which one is needed.
'use strict';

var needed = 'create-multistage-docker needs Node.js 20.12 or newer; this is ';
var version = process.versions.node.split('.');
var major = Number(version[0]);

if (major > 20 || (major === 20 && Number(version[1]) >= 12)) {
  require('../dist/start.cjs');
} else {
  process.stderr.write(needed.concat(process.versions.node, '.\n'));
  process.exitCode = 2;
}
