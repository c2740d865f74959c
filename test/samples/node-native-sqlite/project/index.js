const { createServer } = require('node:http');
const Database = require('better-sqlite3');

const notes = new Database(':memory:');
notes.exec("create table note (text); insert into note values ('remember the milk')");

createServer((_request, response) => {
  response.end(notes.prepare('select text from note').get().text);
}).listen(process.env.PORT || 3000);
