//! Mounted files.

use reqwest::Method;

use crate::app::Setup;

#[tokio::test]
async fn a_folder_appears_at_its_destination_and_cannot_be_written() {
    let app = Setup::probe("files = [{ source = \"assets\", destination = \"/static\" }]\n")
        .file("assets/deep/a.txt", "content")
        .file("secret.txt", "secret")
        .start()
        .await;
    assert_eq!(app.text("/file/static/deep/a.txt").await, "content");
    assert_eq!(app.get("/file/secret.txt").await.status(), 500);
    assert_eq!(app.get("/file/static/..%2Fsecret.txt").await.status(), 500);
    assert_eq!(app.send(Method::PUT, "/file/static/deep/a.txt", "changed").await.0, 500);
    assert_eq!(std::fs::read_to_string(app.folder().join("assets/deep/a.txt")).unwrap(), "content");
}

#[tokio::test]
async fn patterns_choose_files_under_their_own_path() {
    let app = Setup::probe("files = [\"assets/**/*.txt\"]\nexclude_files = [\"assets/no.txt\"]\n")
        .file("assets/deep/a.txt", "content")
        .file("assets/no.txt", "excluded")
        .file("assets/b.md", "other")
        .start()
        .await;
    assert_eq!(app.text("/file/assets/deep/a.txt").await, "content");
    assert_eq!(app.get("/file/assets/no.txt").await.status(), 500);
    assert_eq!(app.get("/file/assets/b.md").await.status(), 500);
}

#[tokio::test]
async fn a_file_that_is_named_is_not_excluded() {
    let app = Setup::probe("files = [\"assets/a.txt\"]\nexclude_files = [\"assets/*\"]\n")
        .file("assets/a.txt", "content")
        .start()
        .await;
    assert_eq!(app.text("/file/assets/a.txt").await, "content");
}
