// A web application that people sign in to with their Matrice account, built on `openid-client`. The test is the browser.
// Settings: {issuer, address: where the issuer is really reached, client_id, client_secret}.
import http from "node:http";
import * as oidc from "openid-client";

const settings = JSON.parse(process.argv[2]);
const issuer = new URL(settings.issuer);

// The issuer has a name that only browsers resolve: the application's host knows where it is.
const reach = (url, options) => fetch(String(url).replace(settings.issuer, settings.address), options);
const config = await oidc.discovery(issuer, settings.client_id, settings.client_secret, undefined, {
  // Plain http on one machine; and the ID token's signature is checked, though it comes from the issuer itself.
  execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  [oidc.customFetch]: reach,
});

const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();
const nonce = oidc.randomNonce();
let origin;

async function signIn() {
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${origin}/callback`,
    scope: "openid profile email offline_access",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    max_age: "3600",
  });
  return { location: url.href };
}

async function callback(url) {
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 3600 };
  const tokens = await oidc.authorizationCodeGrant(config, url, { ...checks, idTokenExpected: true });
  const claims = tokens.claims();
  const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  const introspection = await oidc.tokenIntrospection(config, refreshed.access_token);
  const own = await oidc.clientCredentialsGrant(config, { scope: "users:read" });
  await oidc.tokenRevocation(config, refreshed.refresh_token);
  const revoked = await oidc.tokenIntrospection(config, refreshed.access_token);
  const signOut = oidc.buildEndSessionUrl(config, { id_token_hint: refreshed.id_token, state: "bye" }).href;
  return {
    tokens,
    claims,
    userinfo,
    refreshed: { ...refreshed, claims: refreshed.claims() },
    introspection,
    own,
    revoked,
    sign_out: signOut,
  };
}

const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  try {
    const body = url.pathname === "/callback" ? await callback(url) : await signIn();
    response.end(JSON.stringify(body));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ error: String(error), cause: String(error.cause?.message ?? error.cause) }));
  }
});
server.listen(0, "127.0.0.1", () => {
  origin = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ url: origin }));
});
process.stdin.resume().on("end", () => process.exit());
