//! Every statement of `store`, run as each role that runs it, and what the schema promises.
#![expect(clippy::unwrap_used, reason = "tests: what goes wrong fails them")]

mod meanwhile;
mod rows;

use std::collections::BTreeSet;

use contract::Permission;
use insta::assert_snapshot;
use refinery::{Runner, Target, load_sql_migrations};
use rows::{BARE, GRACE, LATER, NEW, NOW, SET_UP, arguments, people};
use store::all_statements;
use tests::{Database, repository};
use tokio_postgres::{Client, SimpleQueryMessage, error::SqlState, types::Type};

/// A database with these rows.
async fn database_with(rows: &str) -> Database {
    let database = Database::create().await;
    database.client().batch_execute(rows).await.unwrap();
    database
}

fn link() -> String {
    format!("INSERT INTO setup_tokens VALUES ('\\x01', '{NOW}Z', '{LATER}Z', NULL)")
}

/// What a statement answered: how many rows it touched, and the last of them as text.
async fn execute(client: &Client, sql: &str, arguments: &str) -> (u64, Option<String>) {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    client.batch_execute(&format!("PREPARE statement AS {sql}")).await.unwrap();
    let (mut touched, mut last) = (0, None);
    for message in client.simple_query(&format!("EXECUTE statement {arguments}")).await.unwrap() {
        match message {
            SimpleQueryMessage::Row(row) => last = row.get(0).map(str::to_owned),
            SimpleQueryMessage::CommandComplete(count) => touched = count,
            _ => {}
        }
    }
    client.batch_execute("DEALLOCATE statement").await.unwrap();
    (touched, last)
}

/// Preparing checks the types. Privileges are checked by running: those of a function only as far as it gets.
#[tokio::test]
async fn every_statement_runs_as_each_of_its_roles() {
    let (crowded, bare) = (database_with(&people()).await, database_with(&link()).await);
    for statement in all_statements() {
        let name = statement.name.strip_prefix("store::").unwrap();
        let arguments =
            arguments(name).unwrap_or_else(|| panic!("say in tests/sql/rows.rs what {name} is run with"));
        let database = if name == SET_UP { &bare } else { &crowded };
        for role in statement.roles {
            println!("{name} as {}", role.name());
            let client = database.connect_as(role.name().strip_prefix("matrice_").unwrap()).await;
            let columns: Vec<_> = client
                .prepare(statement.sql)
                .await
                .unwrap()
                .columns()
                .iter()
                .map(|column| column.type_().clone())
                .collect();
            assert!(columns.is_empty() || columns == [Type::JSONB], "{name} answers {columns:?}");

            client.batch_execute("BEGIN").await.unwrap();
            let (touched, row) = execute(&client, statement.sql, &arguments).await;
            client.batch_execute("ROLLBACK").await.unwrap();
            assert!(touched > 0, "{name} touched nothing: it was not run to its end");
            let row: serde_json::Value =
                row.map_or_else(Default::default, |row| serde_json::from_str(&row).unwrap());
            let outcome = row.get("outcome").or(BARE.contains(&name).then_some(&row));
            let outcome = outcome.and_then(|outcome| outcome.as_str());
            assert!(
                matches!(outcome, None | Some("done" | "rotated" | "success")) && row != false,
                "{name}: {row}"
            );
        }
    }
}

/// Each list walks an index in its own order: no page costs more for the accounts that it does not show.
#[tokio::test]
async fn every_list_has_an_index() {
    let database = database_with(&people()).await;
    let client = database.connect_as("users").await;
    client.batch_execute("SET enable_seqscan = off; SET enable_sort = off").await.unwrap();
    for statement in all_statements().filter(|statement| statement.name.contains("::list::")) {
        client.batch_execute(&format!("PREPARE list AS {}", statement.sql)).await.unwrap();
        let explain = "EXPLAIN (COSTS OFF) EXECUTE list (NULL, NULL, NULL, NULL, NULL, 10)";
        let plan: Vec<_> = client.simple_query(explain).await.unwrap();
        let plan: Vec<_> = plan
            .iter()
            .filter_map(|message| if let SimpleQueryMessage::Row(row) = message { row.get(0) } else { None })
            .collect();
        let walks_an_index = plan.iter().any(|line| line.contains("Index") && line.contains(" on users"));
        // Ties are few: sorting within them is what `Incremental Sort` does.
        let sorts_all = plan.iter().any(|line| line.trim_start_matches([' ', '-', '>']) == "Sort");
        assert!(walks_an_index && !sorts_all, "{}: {plan:#?}", statement.name);
        client.batch_execute("DEALLOCATE list").await.unwrap();
    }
}

#[tokio::test]
async fn login_alone_reads_what_proves_an_account() {
    let database = database_with(&people()).await;
    for table in [
        "api_keys",
        "identities",
        "passkey_ceremonies",
        "passkeys",
        "oauth_client_secrets",
        "oauth_grants",
        "oauth_refresh_tokens",
        "password_credentials",
        "provider_authorizations",
        "rate_limits",
        "recovery_codes",
        "refresh_tokens",
        "second_factor_challenges",
        "setup_tokens",
        "totp_enrolments",
        "totp_factors",
        "unlinked_identities",
    ] {
        let sql = format!("SELECT * FROM {table}");
        database.connect_as("login").await.simple_query(&sql).await.unwrap();
        for component in ["users", "admin", "worker"] {
            let error = database.connect_as(component).await.simple_query(&sql).await.unwrap_err();
            assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{component} reads {table}");
        }
    }
}

/// The whole of what components may do: a new grant shows here, to be looked at.
#[tokio::test]
async fn components_are_granted_this_and_no_more() {
    let database = Database::create().await;
    let sql = "
        SELECT grantee || ' ' || table_name || ': ' || string_agg(DISTINCT privilege_type, ', ' ORDER BY privilege_type)
        FROM information_schema.table_privileges WHERE grantee LIKE 'matrice%' GROUP BY grantee, table_name
        UNION ALL
        SELECT grantee || ' ' || table_name || ' (' || column_name || '): ' || privilege_type
        FROM information_schema.column_privileges AS granted WHERE grantee LIKE 'matrice%' AND NOT EXISTS (
            SELECT FROM information_schema.table_privileges AS whole
            WHERE whole.grantee = granted.grantee AND whole.table_name = granted.table_name
                AND whole.privilege_type = granted.privilege_type)
        ORDER BY 1";
    assert_snapshot!(lines(&database, sql).await.join("\n"), @"
    matrice_admin api_keys (id): SELECT
    matrice_admin api_keys (name): SELECT
    matrice_admin mails (attempts): UPDATE
    matrice_admin mails (due_at): UPDATE
    matrice_admin mails (state): UPDATE
    matrice_admin mails: SELECT
    matrice_admin oauth_client_secrets (client_id): SELECT
    matrice_admin oauth_client_secrets (created_at): SELECT
    matrice_admin oauth_client_secrets (id): SELECT
    matrice_admin oauth_client_secrets: DELETE, INSERT
    matrice_admin oauth_clients: DELETE, INSERT, SELECT, UPDATE
    matrice_admin role_permissions: SELECT
    matrice_admin roles (requires_second_factor): UPDATE
    matrice_admin roles: SELECT
    matrice_admin security_events: INSERT, SELECT
    matrice_admin sessions: SELECT
    matrice_admin user_roles: SELECT
    matrice_admin users: SELECT
    matrice_login api_keys: DELETE, INSERT, SELECT
    matrice_login email_links: DELETE, INSERT, SELECT, UPDATE
    matrice_login identities: DELETE, INSERT, SELECT, UPDATE
    matrice_login mails (created_at): SELECT
    matrice_login mails (id): SELECT
    matrice_login mails (kind): SELECT
    matrice_login mails (recipient): SELECT
    matrice_login mails (subject): SELECT
    matrice_login mails (user_id): SELECT
    matrice_login mails: DELETE, INSERT
    matrice_login oauth_client_secrets: SELECT
    matrice_login oauth_clients: SELECT
    matrice_login oauth_consents: DELETE, INSERT, SELECT, UPDATE
    matrice_login oauth_grants: INSERT, SELECT, UPDATE
    matrice_login oauth_refresh_tokens: INSERT, SELECT, UPDATE
    matrice_login passkey_ceremonies: DELETE, INSERT, SELECT, UPDATE
    matrice_login passkeys: DELETE, INSERT, SELECT, UPDATE
    matrice_login password_credentials: INSERT, SELECT, UPDATE
    matrice_login provider_authorizations: DELETE, INSERT, SELECT
    matrice_login rate_limits: DELETE, INSERT, SELECT, UPDATE
    matrice_login recovery_codes: DELETE, INSERT, SELECT, UPDATE
    matrice_login refresh_tokens: INSERT, SELECT, UPDATE
    matrice_login role_permissions: SELECT
    matrice_login roles: SELECT
    matrice_login second_factor_challenges: DELETE, INSERT, SELECT, UPDATE
    matrice_login security_events: INSERT
    matrice_login sessions: INSERT, SELECT, UPDATE
    matrice_login setup_tokens: SELECT, UPDATE
    matrice_login totp_enrolments: DELETE, INSERT, SELECT, UPDATE
    matrice_login totp_factors: DELETE, INSERT, SELECT, UPDATE
    matrice_login unlinked_identities: DELETE, INSERT, SELECT
    matrice_login user_roles: INSERT, SELECT
    matrice_login users (email): UPDATE
    matrice_login users (has_password): UPDATE
    matrice_login users (has_second_factor): UPDATE
    matrice_login users (last_sign_in_at): UPDATE
    matrice_login users (passkey_handle): UPDATE
    matrice_login users (updated_at): UPDATE
    matrice_login users (verified_email): UPDATE
    matrice_login users (version): UPDATE
    matrice_login users: DELETE, INSERT, SELECT
    matrice_users api_keys (id): SELECT
    matrice_users api_keys (name): SELECT
    matrice_users oauth_clients (disabled): SELECT
    matrice_users oauth_clients (id): SELECT
    matrice_users oauth_clients (permissions): SELECT
    matrice_users password_credentials: INSERT
    matrice_users role_permissions: SELECT
    matrice_users roles: SELECT
    matrice_users security_events: INSERT
    matrice_users sessions: SELECT, UPDATE
    matrice_users user_roles: DELETE, INSERT, SELECT
    matrice_users users: INSERT, SELECT, UPDATE
    ");
}

/// What runs with its owner's rights runs for those who are named here, and finds its tables where they are.
#[tokio::test]
async fn functions_with_more_rights_than_their_caller_are_these() {
    let database = Database::create().await;
    let open = "SELECT proname::text FROM pg_proc WHERE prosecdef AND (
                    proconfig IS DISTINCT FROM ARRAY['search_path=public, pg_temp']
                    OR has_function_privilege('public', oid, 'EXECUTE'))";
    assert_eq!(lines(&database, open).await, Vec::<String>::new());
    let callers = "SELECT rolname || ' ' || proname FROM pg_proc, pg_roles
                   WHERE prosecdef AND rolname LIKE 'matrice\\_%' AND has_function_privilege(rolname, pg_proc.oid, 'EXECUTE')
                   ORDER BY 1";
    assert_snapshot!(lines(&database, callers).await.join("\n"), @"
    matrice_admin link_is_over
    matrice_admin mail_permissions
    matrice_admin may_log_refusal
    matrice_admin take_change
    matrice_admin use_api_key
    matrice_login may_log_refusal
    matrice_login security_events_of
    matrice_login take_change
    matrice_login use_api_key
    matrice_users may_log_refusal
    matrice_users reset_second_factor
    matrice_users take_change
    matrice_users take_password_work
    matrice_users update_user
    matrice_users use_api_key
    matrice_worker claim_mails
    matrice_worker delete_expired
    matrice_worker fail_overdue_mails
    matrice_worker finish_mail
    ");
}

/// Whatever it is filtered by, the log is read from its newest end.
#[tokio::test]
async fn the_security_log_has_an_index_for_each_filter() {
    let database = database_with(&people()).await;
    let client = database.connect_as("admin").await;
    client.batch_execute("SET enable_seqscan = off; SET enable_sort = off").await.unwrap();
    let list = all_statements().find(|statement| statement.name == "store::security_log::LIST").unwrap();
    client.batch_execute(&format!("PREPARE list AS {}", list.sql)).await.unwrap();
    for (filter, index) in [
        ("NULL, NULL, NULL, NULL".to_owned(), "security_events_pkey"),
        ("'sign_in', NULL, NULL, NULL".to_owned(), "security_events_kind"),
        (format!("NULL, '{GRACE}', NULL, '{NEW}'"), "security_events_user"),
        ("NULL, NULL, 'refused', NULL".to_owned(), "security_events_outcome"),
    ] {
        let explain = format!("EXPLAIN (COSTS OFF) EXECUTE list ({filter}, 10)");
        let plan: Vec<_> = client.simple_query(&explain).await.unwrap();
        let plan: Vec<_> = plan
            .iter()
            .filter_map(|message| if let SimpleQueryMessage::Row(row) = message { row.get(0) } else { None })
            .collect();
        assert!(plan.iter().any(|line| line.contains(index)), "{index}: {plan:#?}");
        assert!(!plan.iter().any(|line| line.trim_start_matches([' ', '-', '>']) == "Sort"), "{plan:#?}");
    }
}

/// As is the outbox.
#[tokio::test]
async fn the_outbox_has_an_index_for_each_filter() {
    let database = database_with(&people()).await;
    let client = database.connect_as("admin").await;
    client.batch_execute("SET enable_seqscan = off; SET enable_sort = off").await.unwrap();
    let list = all_statements().find(|statement| statement.name == "store::outbox::LIST").unwrap();
    client.batch_execute(&format!("PREPARE list AS {}", list.sql)).await.unwrap();
    for (filter, index) in [
        ("NULL, NULL, NULL".to_owned(), "mails_pkey"),
        ("'ada@example.org', NULL, NULL".to_owned(), "mails_recipient"),
        (format!("NULL, 'failed', '{NEW}'"), "mails_state"),
    ] {
        let plan = lines_of_plan(&client, &format!("EXPLAIN (COSTS OFF) EXECUTE list ({filter}, 10)")).await;
        assert!(plan.iter().any(|line| line.contains(index)), "{index}: {plan:#?}");
        assert!(!plan.iter().any(|line| line.trim_start_matches([' ', '-', '>']) == "Sort"), "{plan:#?}");
    }
}

async fn lines_of_plan(client: &Client, explain: &str) -> Vec<String> {
    let rows = client.simple_query(explain).await.unwrap();
    let line = |message: &SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    };
    rows.iter().filter_map(line).collect()
}

#[tokio::test]
async fn the_administrator_holds_every_permission() {
    let database = Database::create().await;
    let held = lines(&database, "SELECT permission FROM role_permissions WHERE role = 'administrator'").await;
    let all: BTreeSet<_> =
        Permission::ALL.into_iter().map(|permission| permission.as_str().to_owned()).collect();
    assert_eq!(held.into_iter().collect::<BTreeSet<_>>(), all);
    let known = lines(&database, "SELECT DISTINCT permission FROM role_permissions").await;
    assert!(known.iter().all(|name| Permission::parse(name).is_some()), "{known:?}");
}

#[tokio::test]
async fn every_foreign_key_has_an_index_and_a_delete_rule() {
    let database = Database::create().await;
    let without_index = "
        SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint AS key
        WHERE contype = 'f' AND NOT EXISTS (
            SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL
                AND (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(conkey)] = conkey)
        ORDER BY 1";
    assert_eq!(lines(&database, without_index).await, Vec::<String>::new());
    let without_rule = "
        SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND confdeltype = 'a' ORDER BY 1";
    assert_eq!(lines(&database, without_rule).await, Vec::<String>::new());
}

/// Time is a parameter: nothing in the database looks at a clock.
#[tokio::test]
async fn nothing_reads_a_clock() {
    let database = Database::create().await;
    let reads = "~* '(now|clock_timestamp|statement_timestamp)\\(|current_(timestamp|date|time)|gen_random|random\\('";
    let sql = format!(
        "SELECT 'function ' || proname FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace AND pg_get_functiondef(oid) {reads}
         UNION ALL
         SELECT 'default of ' || adrelid::regclass FROM pg_attrdef WHERE pg_get_expr(adbin, adrelid) {reads}"
    );
    assert_eq!(lines(&database, &sql).await, Vec::<String>::new());
    for statement in all_statements() {
        let sql = statement.sql.to_lowercase();
        assert!(!sql.contains("now()") && !sql.contains("current_timestamp"), "{}", statement.name);
    }
}

#[tokio::test]
async fn migrations_run_once() {
    let database = Database::empty().await;
    let migrations = load_sql_migrations(repository().join("migrations")).unwrap();
    let mut client = database.connect().await;
    for expected in [migrations.len(), 0] {
        let report = Runner::new(&migrations).run_async(&mut client).await.unwrap();
        assert_eq!(report.applied_migrations().len(), expected);
    }
}

/// What people allowed before it was written down what they were asked counts as asked.
#[tokio::test]
async fn earlier_consents_are_consents() {
    let database = Database::empty().await;
    let migrations = load_sql_migrations(repository().join("migrations")).unwrap();
    let mut client = database.connect().await;
    let before = Runner::new(&migrations).set_target(Target::Version(16));
    before.run_async(&mut client).await.unwrap();
    let consent = format!(
        "INSERT INTO users (id, email, display_name, status, version, created_at, updated_at)
             VALUES ('{GRACE}', 'grace@example.org', 'Grace', 'active', 1, '{NOW}Z', '{NOW}Z');
         INSERT INTO oauth_clients
             VALUES ('{NEW}', 'App', 'public', '{{}}', '{{}}', '{{openid}}', '{{}}', false, false, 1, '{NOW}Z', '{NOW}Z');
         INSERT INTO oauth_consents VALUES ('{GRACE}', '{NEW}', '{{openid,email}}', '{NOW}Z')"
    );
    client.batch_execute(&consent).await.unwrap();
    Runner::new(&migrations).run_async(&mut client).await.unwrap();
    assert_eq!(
        lines(&database, "SELECT array_to_string(asked, ' ') FROM oauth_consents").await,
        ["openid email"]
    );
}

async fn lines(database: &Database, sql: &str) -> Vec<String> {
    let rows = database.client().query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
