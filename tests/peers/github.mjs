// A GitHub: its OAuth 2.0 and the two calls of its API that tell who somebody is, as its documentation has them.
// Settings: { client_id, client_secret, redirect_uri, user, emails }. `POST /peer/user` changes user and emails.
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";

const settings = JSON.parse(process.argv[2]);
const codes = new Map();
const tokens = new Set();

const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};

const json = (response, value, status = 200) =>
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));

const authorize = (query, response) => {
  if (query.get("client_id") !== settings.client_id || query.get("redirect_uri") !== settings.redirect_uri) {
    return response.writeHead(404).end();
  }
  const code = randomUUID();
  codes.set(code, { challenge: query.get("code_challenge"), scope: query.get("scope") });
  const location = new URL(settings.redirect_uri);
  location.searchParams.set("code", code);
  location.searchParams.set("state", query.get("state"));
  response.writeHead(302, { location: location.href }).end();
};

// Refusals have the status of success.
const exchange = async (request, response) => {
  const form = new URLSearchParams(await read(request));
  if (form.get("client_id") !== settings.client_id || form.get("client_secret") !== settings.client_secret) {
    return json(response, { error: "incorrect_client_credentials" });
  }
  const asked = codes.get(form.get("code"));
  codes.delete(form.get("code"));
  const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
  if (asked?.challenge !== challenge) return json(response, { error: "bad_verification_code" });
  const token = `gho_${randomUUID()}`;
  tokens.add(token);
  json(response, { access_token: token, token_type: "bearer", scope: asked.scope.replaceAll(" ", ",") });
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  const bearer = request.headers.authorization?.replace("Bearer ", "");
  if (pathname === "/peer/user") {
    Object.assign(settings, JSON.parse(await read(request)));
    response.end();
  } else if (pathname === "/login/oauth/authorize") {
    authorize(searchParams, response);
  } else if (pathname === "/login/oauth/access_token") {
    await exchange(request, response);
  } else if (!request.headers["user-agent"]) {
    response.writeHead(403).end("Request forbidden by administrative rules.");
  } else if (!tokens.has(bearer)) {
    json(response, { message: "Bad credentials" }, 401);
  } else if (pathname === "/api/v3/user") {
    json(response, settings.user);
  } else if (pathname === "/api/v3/user/emails") {
    json(response, settings.emails);
  } else {
    json(response, { message: "Not Found" }, 404);
  }
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })}\n`);
});
process.stdin.resume().on("end", () => process.exit());
