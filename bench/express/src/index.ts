import express from 'express';
const a = express();
a.get('/', (q, r) => {
  r.send('hi');
});
a.listen(process.env.PORT || 3000);
