import express from 'express';

const app = express();
const port = process.env.PORT || 3000;

app.get('/', (_request, response) => {
  response.json({ orders: [] });
});
app.get('/healthz', (_request, response) => {
  response.send('ok');
});

app.listen(port, () => console.log(`listening on ${port}`));
