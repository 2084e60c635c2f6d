//! The documents: what the components say of their operations, and around it what holds for the whole API.

use contract::Problem;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Info, InfoBuilder, OpenApi, Ref, RefOr, SecurityRequirement, Server,
        path::{Operation, PathItem},
        schema::Components,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};
use utoipa_axum::router::OpenApiRouter;

const BEARER: &str = "bearer";
const COOKIE: &str = "cookie";

/// How an operation says that anybody may call it.
const ANYBODY: [&str; 2] = ["Permission: none.", "Permission: none, "];

const CORE: &str = "\
Sign-in, accounts and roles.

A client that sends `\"transport\": \"bearer\"` gets its tokens in the body and sends the access token as
`Authorization: Bearer`; a browser gets both as cookies. The access token is a JWT that any service can verify with the
keys of `/.well-known/jwks.json`; it is good for ten minutes, and `POST /api/core/v1/auth/refresh` buys the next.

A program sends an API key (`mtk_...`) as `Authorization: Bearer` instead: it is made by its owner, may do what its
scopes say and its owner may, and nothing that is the owner's alone. Many wrong keys in a row from one address are
answered `rate_limited`.

Other applications sign people in with OAuth 2 and OpenID Connect: `/.well-known/openid-configuration` says how. One that
was given permissions calls this API in its own name, with the token of `grant_type=client_credentials`, wherever an API key
is taken.

Every refusal is an `application/problem+json` (RFC 9457) with a stable `code` to branch on and the `request_id` under
which the log has the rest; what applications' servers ask of `oauth2` is refused as OAuth does it (RFC 6749 §5.2). Any
address can answer `not_found`, and `method_not_allowed` with `Allow`; an unsafe method
sent by a browser for another site `cross_site_request`. Every answer carries `X-Request-Id`, the client's own where it
sent one.

Some operations ask for a fresh proof of who is calling: a sign-in, or `POST /api/core/v1/auth/step-up`, not older than ten
minutes. Others answer `proof_required`, whose remedy that is.

Lists come in pages: pass `next_cursor` back as `cursor`. Updates name in `If-Match` the `ETag` that was read.";

const SERVICE: &str = "\
Critical services. They verify the access token of the core API offline and ask neither it nor its database; of an API
key they ask the core API, and believe the answer for a few seconds.

Every refusal is an `application/problem+json` (RFC 9457) with a stable `code` and the `request_id` under which the log
has the rest. Any address can answer `not_found`, and `method_not_allowed` with `Allow`.";

/// `docs/openapi/core.json`
pub fn core() -> String {
    let api = login::api().merge(users::api()).merge(admin::api());
    document(
        api,
        Info::builder().title("Matrice core API").description(Some(CORE)),
        &[
            ("auth", "Signing in and out"),
            ("sign-up", "Accounts that people make themselves"),
            ("mfa", "The caller's own second factors"),
            ("passkeys", "The caller's own passkeys, and signing in with one"),
            ("invitations", "Accounts that are offered"),
            ("email", "The caller's address"),
            ("account", "What is kept about the caller, and its end"),
            ("oauth2", "Other applications that people sign in to"),
            ("discovery", "What other applications and services have to know"),
            ("me", "The caller's own account"),
            ("users", "Accounts, for those who administer them"),
            ("roles", "Roles and what they allow"),
            ("api keys", "What programs sign in with"),
            ("clients", "Other applications, for those who register them"),
            ("security", "What happened to accounts"),
            ("health", "Alive and ready"),
            ("description", "This document"),
        ],
    )
}

/// `docs/openapi/service.json`
pub fn service() -> String {
    document(
        services::api(),
        Info::builder().title("Matrice service API").description(Some(SERVICE)),
        &[
            ("identity", "Who the token speaks for"),
            ("health", "Alive and ready"),
            ("description", "This document"),
        ],
    )
}

fn document(api: OpenApiRouter, info: InfoBuilder, tags: &[(&str, &str)]) -> String {
    let mut document: OpenApi = api.into_openapi();
    document.info = info.version("1.0.0").build();
    document.servers = Some(vec![Server::new("/")]);
    let tag = |(name, description): &(&str, &str)| {
        TagBuilder::new().name(*name).description(Some(*description)).build()
    };
    document.tags = Some(tags.iter().map(tag).collect());
    let components = document.components.get_or_insert_with(Components::new);
    add_security(components);
    add_problem(components);
    document.security =
        Some([BEARER, COOKIE].map(|scheme| SecurityRequirement::new::<_, _, &str>(scheme, [])).into());
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let description = operation.description.as_deref().unwrap_or_default();
        if ANYBODY.iter().any(|sign| description.contains(sign)) {
            operation.security = Some(Vec::new());
        }
        refer_to_problem(operation);
    }
    let mut text = document.to_pretty_json().expect("a document is plain data");
    text.push('\n');
    text
}

fn add_security(components: &mut Components) {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some(
            "The access token of `transport: bearer`, an API key (`mtk_...`), or an application's own token",
        ))
        .build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    let cookie =
        ApiKeyValue::with_description("__Host-matrice_access", "The access token of `transport: cookie`");
    components.add_security_scheme(COOKIE, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
}

fn add_problem(components: &mut Components) {
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
}

/// Every refusal has the same form, so the document says it once.
fn refer_to_problem(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        let RefOr::T(response) = response else { continue };
        if let Some(content) = response.content.get_mut("application/problem+json") {
            content.schema = Some(RefOr::Ref(Ref::from_schema_name(Problem::name())));
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}
