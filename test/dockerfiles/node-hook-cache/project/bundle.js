const fs = require('node:fs');
fs.mkdirSync('node_modules/.cache/front', { recursive: true });
fs.writeFileSync('node_modules/.cache/front/index.html', 'bundled front end');
