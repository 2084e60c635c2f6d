// An OpenID provider that can be made to lie, one lie at a time: what no honest one does.
// Settings: { client_id, client_secret, redirect_uri }. `POST /peer/lie` says how; `null` is the truth.
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";

const settings = JSON.parse(process.argv[2]);
const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [own, foreign] = [pair(), pair()];
const base64url = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

let lie = null;
let asked;

const idToken = (url) => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: url, aud: settings.client_id, sub: "grace", iat: now, exp: now + 300, auth_time: now, nonce: asked.nonce,
    email: "grace@example.org", email_verified: true, name: "Grace Hopper",
  };
  const header = { alg: "RS256", kid: "own" };
  if (lie === "nonce") claims.nonce = "another";
  if (lie === "no_nonce") delete claims.nonce;
  if (lie === "issuer") claims.iss = "https://accounts.google.com";
  if (lie === "audience") claims.aud = "somebody-else";
  if (lie === "authorized_party") Object.assign(claims, { aud: [settings.client_id, "other"], azp: "other" });
  if (lie === "expired") claims.exp = now - 1;
  if (lie === "no_subject") claims.sub = "";
  if (lie === "stale") claims.auth_time = now - 3600;
  if (lie === "silent") delete claims.auth_time;
  if (lie === "verified_as_text") claims.email_verified = "true";
  if (lie === "algorithm_none") header.alg = "none";
  if (lie === "client_secret") header.alg = "HS256";
  if (lie === "unknown_key") header.kid = "unknown";
  const signed = `${base64url(header)}.${base64url(claims)}`;
  if (header.alg === "none") return `${signed}.`;
  if (header.alg === "HS256") {
    return `${signed}.${createHmac("sha256", settings.client_secret).update(signed).digest("base64url")}`;
  }
  const key = lie === "foreign_key" ? foreign.privateKey : own.privateKey;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
};

const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};

const json = (response, value, status = 200) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

const token = async (url, request, response) => {
  const form = new URLSearchParams(await read(request));
  const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
  // RFC 6749 §2.3.1: both are encoded as in a form first.
  const encoded = [settings.client_id, settings.client_secret].map((text) => new URLSearchParams({ "": text }).toString().slice(1));
  const basic = Buffer.from(encoded.join(":")).toString("base64");
  if (request.headers.authorization !== `Basic ${basic}`) return json(response, { error: "invalid_client" }, 401);
  if (challenge !== asked.challenge) return json(response, { error: "invalid_grant" }, 400);
  if (lie === "no_id_token") return json(response, { access_token: "a", token_type: "Bearer" });
  if (lie === "garbage") return response.writeHead(200, { "content-type": "application/json" }).end("<html>");
  if (lie === "broken") return response.writeHead(500).end();
  if (lie === "elsewhere") return response.writeHead(307, { location: `${url}/elsewhere` }).end();
  if (lie === "endless") return response.writeHead(200, { "content-type": "application/json" }).end("x".repeat(300_000));
  if (lie === "slow") return undefined;
  return json(response, { access_token: "a", token_type: "Bearer", id_token: idToken(url) });
};

const server = createServer(async (request, response) => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const { pathname, searchParams } = new URL(request.url, url);
  if (pathname === "/peer/lie") {
    lie = JSON.parse(await read(request));
    response.end();
  } else if (pathname === "/.well-known/openid-configuration") {
    if (lie === "no_discovery") return json(response, {}, 503);
    json(response, {
      issuer: lie === "another_discovery" ? "https://accounts.google.com" : url,
      authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys`,
      response_types_supported: ["code"], subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
    });
  } else if (pathname === "/keys") {
    json(response, { keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "own", alg: "RS256", use: "sig" }] });
  } else if (pathname === "/authorize") {
    asked = { nonce: searchParams.get("nonce"), challenge: searchParams.get("code_challenge") };
    const location = new URL(searchParams.get("redirect_uri"));
    location.searchParams.set("state", searchParams.get("state"));
    location.searchParams.set("code", "a-code");
    response.writeHead(302, { location: location.href }).end();
  } else if (pathname === "/token") {
    await token(url, request, response);
  } else if (pathname === "/elsewhere") {
    json(response, { access_token: "a", token_type: "Bearer", id_token: idToken(url) });
  } else {
    response.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })}\n`);
});
process.stdin.resume().on("end", () => process.exit());
