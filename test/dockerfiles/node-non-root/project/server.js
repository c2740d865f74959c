const fs = require('node:fs');
fs.writeFileSync('written.txt', 'by the user of the container');
const express = require('express');
const app = express();
app.get('/', (request, response) => response.send('hello'));
app.listen(3000);
