const { exec } = require('node:child_process');
const express = require('express');
const app = express();
app.get('/', (request, response) => exec('ping -V', (error, out) => response.send(error ? 'no ping' : out)));
app.listen(3000);
