import { createServer } from 'node:http';
import { euros } from '@shop/money';

createServer((_request, response) => {
  response.end(euros(1999));
}).listen(process.env.PORT || 3000);
