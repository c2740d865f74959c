const express = require('express');
const app = express();
app.get('/', (request, response) => response.send(process.env.GREETING));
app.listen(3000);
