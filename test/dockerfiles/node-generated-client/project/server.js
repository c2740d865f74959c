require('dotenv').config();
const http = require('node:http');
const models = require('.client');
http.createServer((request, response) => response.end(`${process.env.GREETING}: ${models}`)).listen(3000);
