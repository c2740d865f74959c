import bcrypt from 'bcrypt';
import { createServer } from 'node:http';

createServer((request, response) => response.end(bcrypt.hashSync('a', 4).slice(0, 3))).listen(3000);
