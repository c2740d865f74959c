import express from 'express';

const app = express();
app.get('/', (_request, response) => {
  response.send('links');
});
app.listen(Number(process.env.PORT) || 4000);
