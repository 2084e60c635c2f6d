// A mail API, which keeps what it takes. Settings: `token`, `answers`: the first answers, each a status or
// {status, retry_after}, then 202. Prints {url}; `GET url` lists what was taken.
import { createServer } from "node:http";

const settings = JSON.parse(process.argv[2]);
const answers = settings.answers ?? [];
const taken = [];

const server = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.end(JSON.stringify(taken));
    return;
  }
  const chunks = await request.toArray();
  if (request.headers.authorization !== `Bearer ${settings.token}`) {
    response.writeHead(401).end("wrong token");
    return;
  }
  const answer = answers.shift() ?? 202;
  const { status, retry_after } = typeof answer === "number" ? { status: answer } : answer;
  response.writeHead(status, retry_after ? { "retry-after": retry_after } : {}).end();
  if (status < 300) {
    taken.push({
      path: request.url,
      type: request.headers["content-type"],
      key: request.headers["idempotency-key"],
      body: JSON.parse(Buffer.concat(chunks).toString()),
    });
  }
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
process.stdin.on("end", () => process.exit()).resume();
