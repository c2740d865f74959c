import Fastify from 'fastify';
import { greetings } from './routes/greetings.js';

const app = Fastify({ logger: true });
app.register(greetings);
app.get('/health', async () => ({ status: 'ok' }));

await app.listen({ port: Number(process.env.PORT ?? 8080), host: '0.0.0.0' });
