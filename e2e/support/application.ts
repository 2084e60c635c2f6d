// An application that signs people in with Matrice: a server of its own, on another site, by a library that knows
// OpenID Connect and nothing of ours.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { test as base } from "@playwright/test";
import * as oidc from "openid-client";

/** What the application is, to Matrice. */
export interface Registration {
  /** Where Matrice serves. */
  issuer: string;
  clientId: string;
  /** None for a public client. */
  secret?: string;
  /** What it asks for. */
  scope: string;
}

/** A sign-in under way, or somebody signed in, in one browser. */
interface Visit {
  verifier?: string;
  state?: string;
  nonce?: string;
  idToken?: string;
  page?: string;
}

export class Application {
  readonly #server: Server;
  readonly #visits = new Map<string, Visit>();
  #registration: Registration | undefined;
  #configuration: oidc.Configuration | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => show(response, `Failed: ${String(error)}`));
    });
  }

  /** Serves on a free port of the loopback. */
  static async start(): Promise<Application> {
    const application = new Application();
    await new Promise<void>((listening) => application.#server.listen(0, "127.0.0.1", listening));
    return application;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** By name and not by number: another site than Matrice, which gets none of its cookies. */
  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where Matrice sends people back to. */
  get callback(): string {
    return `${this.url}/callback`;
  }

  /** Where Matrice sends people to who have signed out. */
  get signedOut(): string {
    return `${this.url}/signed-out`;
  }

  /** What its owner was told when it was registered. */
  register(registration: Registration): void {
    this.#registration = registration;
    this.#configuration = undefined;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, secret } = this.#registration!;
    this.#configuration ??= await oidc.discovery(
      new URL(issuer),
      clientId,
      secret,
      secret === undefined ? oidc.None() : undefined,
      // Matrice is on the loopback, without TLS; signatures are checked none the less.
      { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
    );
    return this.#configuration;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    const visit = this.#visitOf(request, response);
    switch (url.pathname) {
      case "/":
        return show(response, visit.page ?? "Nobody is signed in.");
      case "/sign-in":
        return this.#begin(response, visit, url.searchParams);
      case "/callback":
        await this.#finish(visit, url);
        return go(response, this.url);
      case "/sign-out":
        return this.#signOut(response, visit, url.searchParams);
      case "/signed-out":
        return show(response, `Signed out of the application. State: ${url.searchParams.get("state")}`);
      default:
        response.statusCode = 404;
        return show(response, "Nothing here.");
    }
  }

  /** Sends the browser to Matrice; what `/sign-in` was asked is passed on. */
  async #begin(response: ServerResponse, visit: Visit, more: URLSearchParams): Promise<void> {
    visit.verifier = oidc.randomPKCECodeVerifier();
    visit.state = oidc.randomState();
    visit.nonce = oidc.randomNonce();
    const address = oidc.buildAuthorizationUrl(await this.#discover(), {
      redirect_uri: this.callback,
      scope: this.#registration!.scope,
      state: visit.state,
      nonce: visit.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(visit.verifier),
      code_challenge_method: "S256",
      ...Object.fromEntries(more),
    });
    go(response, address.href);
  }

  /** Takes what Matrice sent back; the page says what came of it. */
  async #finish(visit: Visit, url: URL): Promise<void> {
    const configuration = await this.#discover();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: visit.verifier!,
        expectedState: visit.state!,
        expectedNonce: visit.nonce!,
        idTokenExpected: true,
      });
      const person = await oidc.fetchUserInfo(configuration, tokens.access_token, tokens.claims()!.sub);
      visit.idToken = tokens.id_token!;
      visit.page = `Signed in as ${person.name} (${person.email}).`;
    } catch (error) {
      if (!(error instanceof oidc.AuthorizationResponseError)) {
        throw error;
      }
      visit.page = `Not signed in: ${error.error}.`;
    }
  }

  /** Ends its own session, and sends the browser on to end that of Matrice. */
  async #signOut(response: ServerResponse, visit: Visit, more: URLSearchParams): Promise<void> {
    const parameters = new URLSearchParams({ post_logout_redirect_uri: this.signedOut, state: "see-you" });
    if (visit.idToken && !more.has("without-hint")) {
      parameters.set("id_token_hint", visit.idToken);
    }
    const address = oidc.buildEndSessionUrl(await this.#discover(), parameters);
    delete visit.page;
    delete visit.idToken;
    go(response, address.href);
  }

  #visitOf(request: IncomingMessage, response: ServerResponse): Visit {
    const known = /visit=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    const id = known ?? oidc.randomState();
    response.setHeader("set-cookie", `visit=${id}; HttpOnly; SameSite=Lax; Path=/`);
    const visit = this.#visits.get(id) ?? {};
    this.#visits.set(id, visit);
    return visit;
  }
}

/** A test with an application of its own. */
export const test = base.extend<{ application: Application }>({
  application: async ({}, use) => {
    const application = await Application.start();
    await use(application);
    await application.stop();
  },
});

function show(response: ServerResponse, text: string): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end(text);
}

function go(response: ServerResponse, address: string): void {
  response.writeHead(302, { location: address });
  response.end();
}
