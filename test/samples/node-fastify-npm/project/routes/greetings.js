export async function greetings(app) {
  app.get('/hello/:name', async (request) => ({ hello: request.params.name }));
}
