// An OpenID provider: oidc-provider, whose pages say yes for whoever is at the keyboard.
// Settings: { client_id, client_secret, redirect_uri, person }. `POST /peer/person` puts somebody else at the keyboard,
// `POST /peer/keys` exchanges the signing keys.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";

// Standard output is for the line that says it is ready.
console.info = console.warn = console.log = console.error;
const { default: Provider } = await import("oidc-provider");

const settings = JSON.parse(process.argv[2]);
const people = new Map();
let atTheKeyboard;
const sit = (person) => {
  people.set(person.sub, person);
  atTheKeyboard = person.sub;
};
sit(settings.person);

const keys = () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256", use: "sig" }] };
};

const provider = (url) => {
  const { client_id, client_secret, redirect_uri } = settings;
  const made = new Provider(url, {
    clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
    jwks: keys(),
    cookies: { keys: [randomUUID()] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "locale"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => people.has(sub) && { accountId: sub, claims: () => people.get(sub) },
  });
  made.on("server_error", (_, error) => console.error(error));
  return made;
};

const interact = async (current, request, response) => {
  if (atTheKeyboard === null) {
    const result = { error: "access_denied", error_description: "the owner said no" };
    return current.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const { prompt, session, params, grantId } = await current.interactionDetails(request, response);
  if (prompt.name === "login") {
    return current.interactionFinished(request, response, { login: { accountId: atTheKeyboard } });
  }
  const accountId = session.accountId;
  const grant = grantId
    ? await current.Grant.find(grantId)
    : new current.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  const result = { consent: { grantId: await grant.save() } };
  return current.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
};

const body = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
};

let current;
let url;
const server = createServer(async (request, response) => {
  if (request.url === "/peer/person") {
    const person = await body(request);
    if (person === null) atTheKeyboard = null;
    else sit(person);
    response.end();
  } else if (request.url === "/peer/keys") {
    current = provider(url);
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    await interact(current, request, response);
  } else {
    current.callback()(request, response);
  }
});
server.listen(0, "127.0.0.1", () => {
  url = `http://127.0.0.1:${server.address().port}`;
  current = provider(url);
  process.stdout.write(`${JSON.stringify({ url })}\n`);
});
process.stdin.resume().on("end", () => process.exit());
