const express = require('express');
const app = express();
app.get('/', (request: unknown, response: { send(text: string): void }) => response.send('hello'));
app.listen(3000);
