//! What people find in their mailboxes, read from the outbox itself.

use serde_json::json;
use tokio_postgres::Row;

use crate::App;

/// A mail, as it lies in the outbox.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The occasion.
    pub kind: String,
    /// One line.
    pub subject: String,
    /// The plain text; empty once the mail was sent.
    pub text: String,
}

impl App {
    /// The kinds of the mails to an address, in the order of writing.
    pub async fn mails(&self, recipient: &str) -> Vec<String> {
        self.mailbox(recipient).await.into_iter().map(|mail| mail.kind).collect()
    }

    /// The last mail to an address; there must be one.
    pub async fn newest_mail(&self, recipient: &str) -> Mail {
        self.mailbox(recipient).await.pop().unwrap_or_else(|| panic!("{recipient} got no mail"))
    }

    /// The token of the link in the last mail to an address, which must be of that kind.
    pub async fn mailed_token(&self, recipient: &str, kind: &str) -> String {
        let mail = self.newest_mail(recipient).await;
        assert_eq!(mail.kind, kind);
        let (_, rest) = mail.text.split_once("#token=").expect("the mail has a link");
        rest.split_whitespace().next().expect("the link has a token").to_owned()
    }

    /// Has a mail written to the address of an account: a link to choose a new password.
    pub async fn ask_for_reset(&self, email: &str) {
        let forgot = self.client().post("/api/core/v1/auth/password/forgot");
        forgot.json(&json!({ "email": email })).await.expect_status(202);
    }

    /// Why the last attempt to send the last mail to an address failed; it must have failed.
    pub async fn last_error(&self, recipient: &str) -> String {
        let sql = "SELECT last_error FROM mails WHERE recipient = $1 ORDER BY id DESC LIMIT 1";
        let row = self.database().client().query_one(sql, &[&recipient]).await;
        row.expect("there is a mail").get::<_, Option<String>>(0).expect("an attempt has failed")
    }

    async fn mailbox(&self, recipient: &str) -> Vec<Mail> {
        let sql = "SELECT kind, subject, text_body FROM mails WHERE recipient = $1 ORDER BY id";
        let rows = self.database().client().query(sql, &[&recipient]).await;
        let rows = rows.expect("the superuser may read the outbox");
        let text = |row: &Row| row.get::<_, Option<String>>(2).unwrap_or_default();
        rows.iter().map(|row| Mail { kind: row.get(0), subject: row.get(1), text: text(row) }).collect()
    }
}
