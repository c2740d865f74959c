const Koa = require('koa');

const app = new Koa();
app.use((context) => {
  context.body = { forecast: 'rain' };
});
app.listen(process.env.PORT || 5000);
