//! What statements are run on and with, so that each does all that it can.

const ADA: &str = "01890000-0000-7000-8000-0000000000ad";
pub const GRACE: &str = "01890000-0000-7000-8000-0000000000ce";
const SESSION: &str = "01890000-0000-7000-8000-0000000000e5";
const IDENTITY: &str = "01890000-0000-7000-8000-0000000000d1";
const CLIENT: &str = "01890000-0000-7000-8000-0000000000c1";
const FAILED: &str = "01890000-0000-7000-8000-0000000000fa";
const INVITATION: &str = "01890000-0000-7000-8000-0000000000a1";
pub const NEW: &str = "01890000-0000-7000-8000-0000000000ff";
pub const NOW: &str = "2024-06-01 12:00";
pub const LATER: &str = "2024-07-01 12:00";

/// An administrator, an auditor with a session, and one row for whatever else a statement may find.
pub fn people() -> String {
    format!(
        "INSERT INTO users (id, email, display_name, status, version, created_at, updated_at) VALUES
             ('{ADA}', 'ada@example.org', 'Ada', 'active', 1, '{NOW}Z', '{NOW}Z'),
             ('{GRACE}', 'grace@example.org', 'Grace', 'active', 1, '{NOW}Z', '{NOW}Z');
         INSERT INTO password_credentials VALUES ('{ADA}', 'hash', '{NOW}Z'), ('{GRACE}', 'hash', '{NOW}Z');
         INSERT INTO user_roles VALUES
             ('{ADA}', 'administrator', '{NOW}Z'), ('{GRACE}', 'administrator', '{NOW}Z'), ('{GRACE}', 'auditor', '{NOW}Z');
         INSERT INTO sessions VALUES
             ('{SESSION}', '{GRACE}', '{NOW}Z', '{NOW}Z', '{LATER}Z', NULL, NULL, '127.0.0.1', 'curl', '{NOW}Z');
         INSERT INTO refresh_tokens VALUES ('\\x01', '{SESSION}', '{NOW}Z', '{LATER}Z', NULL);
         INSERT INTO rate_limits VALUES ('full', 0, 30, false, '{NOW}Z', '{LATER}Z');
         INSERT INTO mails VALUES
             ('{SESSION}', 'test', 'ada@example.org', 'S', 'T', 'H', '{NOW}Z', NULL, 'queued', 0, '{NOW}Z'),
             ('{FAILED}', 'test', 'ada@example.org', 'S', 'T', 'H', '{NOW}Z', NULL, 'failed', 1, NULL),
             ('{INVITATION}', 'test', 'ada@example.org', 'S', 'T', 'H', '{NOW}Z', NULL, 'sending', 1, '{LATER}Z');
         INSERT INTO email_links VALUES
             ('\\x01', 'password_reset', '{GRACE}', 'grace@example.org', '{NOW}Z', '{LATER}Z'),
             ('\\x03', 'sign_up', NULL, 'new@example.org', '{NOW}Z', '{LATER}Z');
         INSERT INTO email_links (hash, purpose, email, issued_at, expires_at, id, roles, invited_by) VALUES
             ('\\x04', 'invitation', 'alan@example.org', '{NOW}Z', '{LATER}Z', '{INVITATION}', '{{auditor}}', '{ADA}');
         INSERT INTO email_links (hash, purpose, user_id, email, issued_at, expires_at, replaces) VALUES
             ('\\x05', 'email_confirmation', '{GRACE}', 'new@example.org', '{NOW}Z', '{LATER}Z', 'grace@example.org');
         INSERT INTO totp_enrolments VALUES ('{GRACE}', 'sealed');
         INSERT INTO totp_factors VALUES ('{GRACE}', 'sealed', '{NOW}Z', 1);
         UPDATE users SET has_second_factor = true WHERE id = '{GRACE}';
         INSERT INTO recovery_codes VALUES ('{GRACE}', '\\x01', NULL);
         INSERT INTO second_factor_challenges VALUES ('\\x01', '{GRACE}', '{LATER}Z', 5);
         INSERT INTO passkeys VALUES
             ('{SESSION}', '{ADA}', 'Phone', 'AQ', '[]', 'key', 'state', false, '{NOW}Z', NULL);
         INSERT INTO passkey_ceremonies VALUES ('\\x01', 'sign-in', 'state', '{LATER}Z');
         INSERT INTO security_events VALUES
             ('{SESSION}', '{NOW}Z', 'sign_in', 'success', '{GRACE}', NULL, NULL, NULL, NULL, '::1', 'curl', '{{}}');
         INSERT INTO api_keys VALUES
             ('{SESSION}', '{GRACE}', 'Export', '\\x01', '{{users:read}}', '{NOW}Z', '{LATER}Z', NULL, NULL);
         INSERT INTO identities VALUES
             ('{IDENTITY}', '{GRACE}', 'openid', 'https://id.example.org', '1', 'grace@example.org', '{NOW}Z', NULL);
         INSERT INTO unlinked_identities VALUES ('{ADA}', 'https://id.example.org', '2', '{NOW}Z');
         INSERT INTO provider_authorizations VALUES
             ('\\x01', '\\x01', 'openid', 'link', '{SESSION}', '/', '{NOW}Z', '{LATER}Z');
         INSERT INTO oauth_clients VALUES ('{CLIENT}', 'App', 'confidential', '{{}}', '{{}}', '{{openid,offline_access}}',
             '{{}}', false, false, 1, '{NOW}Z', '{NOW}Z');
         INSERT INTO oauth_client_secrets VALUES ('{SESSION}', '{CLIENT}', '\\x01', '{NOW}Z');
         INSERT INTO oauth_consents VALUES ('{GRACE}', '{CLIENT}', '{{openid}}', '{NOW}Z');
         INSERT INTO oauth_grants VALUES ('{SESSION}', '{CLIENT}', '{GRACE}', '{SESSION}', '{{openid,offline_access}}',
             NULL, '{NOW}Z', '\\x01', 'https://app.example.org/', 'challenge', '{NOW}Z', '{LATER}Z', NULL, NULL);
         INSERT INTO oauth_refresh_tokens VALUES ('\\x01', '{SESSION}', '{NOW}Z', '{LATER}Z', NULL)"
    )
}

/// With what a statement does all that it can: touches every table, calls every function to its end.
pub fn arguments(statement: &str) -> Option<String> {
    let page = "NULL, NULL, NULL, NULL, NULL, 10";
    let mail = format!(
        r#"{{"id": "{NEW}", "kind": "test", "recipient": "ada@example.org", "subject": "S", "text": "T", "html": "H"}}"#
    );
    let (mail, mails) = (format!("'{mail}'"), format!("'[{mail}]'"));
    let recovery_code = format!(r#"'{{"hash": "01", "mail": {}}}'"#, mail.trim_matches('\''));
    let signature = format!(
        r#"'{{"passkey": "{SESSION}", "seen_state": "state", "dynamic_state": "next", "backed_up": true}}'"#
    );
    Some(match statement {
        "account::DELETE" | "users::reset_second_factor::RESET_SECOND_FACTOR" => {
            format!("'{GRACE}', {mail}, '{NOW}'")
        }
        "account::EXPORT" => format!("'{ADA}'"),
        "session::END_ONE" => format!("'{SESSION}', '{GRACE}', 'ended_by_owner', '{NOW}'"),
        "caller::LOAD" => format!("'{SESSION}', '{GRACE}', '{NOW}'"),
        "caller::LOAD_BY_API_KEY" => format!("'\\x01', '::1', '{NOW}'"),
        "caller::LOAD_CLIENT" | "oauth_client::GET" | "oauth_client::DELETE" => format!("'{CLIENT}'"),
        "api_key::CREATE" => {
            format!("'{NEW}', '{ADA}', 'New', '\\x02', ARRAY['users:read'], '{NOW}', '{LATER}', {mail}, 50")
        }
        "api_key::LIST"
        | "identity::LIST"
        | "oauth_consent::LIST"
        | "second_factor::FIND"
        | "totp::FIND_BEGUN"
        | "users::get::OWNER" => {
            format!("'{GRACE}'")
        }
        "api_key::FIND" => format!("'{SESSION}', '{GRACE}'"),
        "api_key::DELETE" => format!("'{SESSION}', '{GRACE}', {mail}, '{NOW}'"),
        "challenge::ISSUE" => format!("'\\x02', '{GRACE}', 'new hash', 5, '{NOW}', '{LATER}', 'hash'"),
        "challenge::SOLVE" => format!("'\\x01', {recovery_code}, '{NOW}'"),
        "credential::FIND" => format!("'ada@example.org', '::1', '{NOW}'"),
        "email_link::FIND_READER" | "email_link::FIND_HOLDER" | "identity::FIND_BY_EMAIL" => {
            "'ada@example.org'".to_owned()
        }
        "credential::CHANGE" => format!("'{GRACE}', '{SESSION}', 'new hash', {mail}, '{NOW}', 'hash'"),
        "email_confirmation::ISSUE" => {
            format!("'{GRACE}', '\\x02', 'new@example.org', {mails}, '{NOW}', '{LATER}'")
        }
        "email_confirmation::CONFIRM" => format!("'\\x05', {mails}, '{NOW}'"),
        "email_link::ISSUE_PASSWORD_RESET" => format!("'{ADA}', '\\x02', {mail}, '{NOW}', '{LATER}'"),
        "challenge::FIND" | "challenge::TRY" | "email_link::READER_OF" | "session::END_BY_TOKEN" => {
            format!("'\\x01', '{NOW}'")
        }
        "email_link::RESET_PASSWORD" => format!("'\\x01', 'hash', {mail}, '{NOW}'"),
        "health::PING" | "roles::LIST" => String::new(),
        "invitation::INVITE" => format!(
            "'{NEW}', '\\x02', 'alan@example.org', ARRAY['auditor'], '{ADA}', {mail}, '{NOW}', '{LATER}'"
        ),
        "roles::MOVED_PERMISSIONS" => format!("'{GRACE}', ARRAY['administrator']"),
        "roles::UPDATE" => "'auditor', true".to_owned(),
        "second_factor::PROVE" => format!("'{SESSION}', '{GRACE}', {recovery_code}, '{NOW}'"),
        "second_factor::SPEND" => format!("'{ADA}', {signature}, '{NOW}'"),
        "second_factor::REPLACE_RECOVERY_CODES" => format!("'{GRACE}', ARRAY['02'], {mail}, '{NOW}'"),
        "session::BEGIN" => format!(
            "'{NEW}', '{GRACE}', '\\x02', '::1', 'wget', 'new hash', '{NOW}', '{LATER}', '{LATER}', 'wget', '{NOW}', {mail}, '::/64', 'hash', NULL, '{NOW}'"
        ),
        "session::REFRESH" => format!("'\\x01', '\\x02', '{NOW}', '{LATER}', '::1', '::/64'"),
        "session::END" | "session::PROVE" => format!("'{SESSION}', '{NOW}'"),
        "session::LIST_OPEN" => format!("'{GRACE}', '{NOW}'"),
        "session::END_OTHERS" => format!("'{GRACE}', '{NEW}', '{NOW}'"),
        "sign_up::ISSUE" => format!("'new@example.org', '\\x02', {mail}, '{NOW}', '{LATER}'"),
        "sign_up::FIND" => format!("'\\x03', '{NOW}'"),
        "sign_up::COMPLETE" => format!("'\\x04', '{NEW}', 'Alan', 'hash', '{NOW}'"),
        SET_UP => format!("'\\x01', '{ADA}', 'ada@example.org', 'Ada', 'hash', '{NOW}'"),
        "totp::BEGIN" => format!("'{GRACE}', 'sealed anew'"),
        "totp::CONFIRM" => format!("'{GRACE}', 'sealed', 2, ARRAY['02'], {mail}, '{NOW}'"),
        "totp::REMOVE" => format!("'{GRACE}', {mail}, '{NOW}'"),
        "users::create::CREATE" => {
            format!("'{NEW}', 'new@example.org', 'New', 'hash', ARRAY['auditor'], '{NOW}'")
        }
        "users::get::GET" => format!("'{ADA}'"),
        "users::sessions::LIST_OPEN" => format!("'{GRACE}', '{NOW}', 1209600"),
        "users::sessions::END_ALL" => format!("'{GRACE}', '{NOW}'"),
        "users::status::SET_STATUS" => format!("'{GRACE}', 'locked', '{NOW}'"),
        "users::update::UPDATE" => {
            format!("'{GRACE}', 1, 'new@example.org', 'New', ARRAY['auditor'], {mails}, '{NOW}'")
        }
        "users::update_me::UPDATE_ME" => format!("'{GRACE}', 'New', 'fr', '{NOW}'"),
        list if list.starts_with("users::list::BY_") => page.to_owned(),
        other => {
            return identity_arguments(other, &mail)
                .or_else(|| passkey_arguments(other, &mail))
                .or_else(|| mail_arguments(other))
                .or_else(|| limit_arguments(other))
                .or_else(|| oauth_arguments(other));
        }
    })
}

fn passkey_arguments(statement: &str, mail: &str) -> Option<String> {
    let passkey = r#""name": "New", "transports": ["usb"], "static_state": "key", "dynamic_state": "state""#;
    Some(match statement {
        "passkey::LIST" => format!("'{ADA}'"),
        "passkey::BEGIN" => format!("'{GRACE}', 'handle'"),
        "passkey::ADD" => format!(
            r#"'{GRACE}', '{{"id": "{NEW}", "credential_id": "Ag", "backed_up": true, {passkey}}}', 20, ARRAY['02'], {mail}, '{NOW}'"#
        ),
        "passkey::FIND" => format!("'{SESSION}', '{ADA}'"),
        "passkey::RENAME" => format!("'{SESSION}', '{ADA}', 'Old phone'"),
        "passkey::REMOVE" => format!("'{ADA}', '{SESSION}', {mail}, '{NOW}'"),
        "passkey::FIND_SIGNER" => "'AQ'".to_owned(),
        "passkey_ceremony::BEGIN" => format!("'\\x02', 'sign-in', 'state', '{NOW}', '{LATER}'"),
        "passkey_ceremony::FINISH" => format!("'\\x01', 'sign-in', '{NOW}'"),
        _ => return None,
    })
}

/// Of the limits, and of what is written down about those who reach them.
fn limit_arguments(statement: &str) -> Option<String> {
    Some(match statement {
        "rate_limit::TAKE" => {
            let bucket = r#"{"key": "new", "capacity": 40, "seconds_per_token": 0.05, "cost": 1}"#;
            format!("'[[{bucket}], [{bucket}]]', '{NOW}'")
        }
        "rate_limit::TAKE_PASSWORD_WORK" => format!("20, '{NOW}'"),
        "rate_limit::TAKE_CHANGE" => format!("'{ADA}', '{NOW}'"),
        "rate_limit::FORGET" => "ARRAY['full']".to_owned(),
        "security_log::RECORD" => format!(
            "'{NEW}', '{NOW}', 'sign_in', 'refused', NULL, 'no@example.org', '{GRACE}', '{SESSION}', NULL, '::1', 'curl', '{{}}', NULL"
        ),
        "security_log::MAY_LOG_REFUSAL" => format!("'::/56', NULL, '{NOW}'"),
        "security_log::LIST" => "NULL, NULL, NULL, NULL, 10".to_owned(),
        "security_log::LIST_OWN" => format!("'{GRACE}', NULL, 10"),
        _ => return None,
    })
}

fn mail_arguments(statement: &str) -> Option<String> {
    Some(match statement {
        "email_confirmation::FIND" => format!("'\\x05', '{NOW}'"),
        "expiry::DELETE" => format!("'{NOW}', 400"),
        "mail_queue::FAIL_OVERDUE" => format!("'{NOW}', 0"),
        "mail_queue::CLAIM" => format!("'{NOW}', '{LATER}', 10"),
        "mail_queue::FINISH" => format!("'{INVITATION}', 1, NULL, NULL, '{NOW}'"),
        "outbox::RETRY" => format!("'{FAILED}', '{NOW}'"),
        "outbox::LIST" => "NULL, NULL, NULL, 10".to_owned(),
        "outbox::GET" => format!("'{FAILED}'"),
        "invitation::LIST" => format!("'{NOW}', NULL, 10"),
        "invitation::WITHDRAW" => format!("'{INVITATION}'"),
        _ => return None,
    })
}

fn identity_arguments(statement: &str, mail: &str) -> Option<String> {
    let identity = format!(
        r#"'{{"id": "{NEW}", "provider": "openid", "issuer": "https://id.example.org", "subject": "2"}}'"#
    );
    Some(match statement {
        "identity::USE" => format!("'https://id.example.org', '1', 'new@example.org', '{NOW}'"),
        "identity::IS_OF" => format!("'https://id.example.org', '1', '{GRACE}'"),
        "identity::LINK" => format!("'{ADA}', {identity}, NULL, {mail}, '{NOW}'"),
        "identity::SIGN_UP" => {
            format!("'{NEW}', 'new@example.org', 'New', 'en', {identity}, {mail}, '{NOW}'")
        }
        "identity::FIND" => format!("'{IDENTITY}', '{GRACE}'"),
        "identity::UNLINK" => format!("'{IDENTITY}', '{GRACE}', {mail}, '{NOW}'"),
        "provider_authorization::ISSUE" => {
            format!("'\\x02', '\\x02', 'openid', 'link', '{SESSION}', '/', '{NOW}', '{LATER}'")
        }
        "provider_authorization::FIND" => format!("'\\x01', '\\x01', 'openid', '{NOW}'"),
        "provider_authorization::SPEND" => {
            format!("'\\x01', '\\x01', 'openid', 'link', '{SESSION}', '{NOW}'")
        }
        _ => return None,
    })
}

/// The same, of what has to do with other applications.
fn oauth_arguments(statement: &str) -> Option<String> {
    Some(match statement {
        "oauth_client::LIST" => "NULL, 10".to_owned(),
        "oauth_client::CREATE" => format!(
            "'{NEW}', 'New', 'confidential', '{{}}', '{{}}', '{{openid}}', '{{}}', false, '{NEW}', '\\x02', '{NOW}'"
        ),
        "oauth_client::UPDATE" => {
            format!("'{CLIENT}', 1, 'New', NULL, NULL, NULL, NULL, NULL, true, '{NOW}'")
        }
        "oauth_client::ADD_SECRET" => format!("'{CLIENT}', '{NEW}', '\\x02', '{NOW}'"),
        "oauth_client::DELETE_SECRET" => format!("'{SESSION}', '{CLIENT}'"),
        "oauth_client::FIND" => format!("'{CLIENT}', '{GRACE}', '{SESSION}'"),
        "oauth_client::AUTHENTICATE" => format!("'{CLIENT}', '\\x01'"),
        "oauth_consent::WITHDRAW" => format!("'{GRACE}', '{CLIENT}', '{NOW}'"),
        "oauth_grant::ISSUE" => format!(
            "'{NEW}', '{CLIENT}', '{GRACE}', '{SESSION}', '{{openid}}', NULL, '{NOW}', '\\x02', \
             'https://app.example.org/', 'challenge', '{NOW}', '{LATER}', true"
        ),
        "oauth_grant::EXCHANGE" => format!(
            "'\\x01', '{CLIENT}', 'https://app.example.org/', 'challenge', '\\x02', '{NOW}', '{LATER}'"
        ),
        "oauth_grant::REFRESH" => format!("'\\x01', '{CLIENT}', '{{openid}}', '\\x02', '{NOW}', '{LATER}'"),
        "oauth_grant::FIND" => format!("'{SESSION}', '{NOW}'"),
        "oauth_grant::FIND_BY_REFRESH_TOKEN" => format!("'\\x01', '{NOW}'"),
        "oauth_grant::REVOKE" => format!("'{SESSION}', '{CLIENT}', '{NOW}'"),
        "oauth_grant::REVOKE_BY_REFRESH_TOKEN" => format!("'\\x01', '{CLIENT}', '{NOW}'"),
        _ => return None,
    })
}

/// The only statement that wants a database without people.
pub const SET_UP: &str = "setup::COMPLETE";
/// Statements that answer an outcome and nothing else.
pub const BARE: [&str; 3] = [SET_UP, "passkey::REMOVE", "totp::REMOVE"];
