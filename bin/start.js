// A file of its own: older versions cannot even read an `import()`.
'use strict';

import('../dist/cli.js');
