const fs = require('node:fs');
const { models } = JSON.parse(fs.readFileSync('schema.json', 'utf8'));
fs.mkdirSync('node_modules/.client', { recursive: true });
fs.writeFileSync('node_modules/.client/index.js', `module.exports = ${JSON.stringify(models)};\n`);
