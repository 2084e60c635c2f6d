//! Imports `spin:mysql`, which the host does not have.

use spin_sdk::{
    http::{IntoResponse, Request},
    http_service,
    mysql::Connection,
};

#[http_service]
async fn handle(_request: Request) -> impl IntoResponse {
    match Connection::open("mysql://localhost/none").await {
        Ok(_) => "connected".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
