const http = require('node:http');
const Libpq = require('libpq');
const client = new Libpq();
http.createServer((request, response) => response.end(`native ${typeof client.connectSync}`)).listen(3000);
