const http = require('node:http');
const fs = require('node:fs');
http.createServer((request, response) => response.end(fs.readFileSync('node_modules/.cache/front/index.html'))).listen(3000);
