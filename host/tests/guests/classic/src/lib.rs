//! A component of WASI 0.2: answers with the request's path and the wall clock, and echoes a body.

use std::{
    io::{Read as _, Write as _},
    time::{SystemTime, UNIX_EPOCH},
};

use wasip2::{
    exports::http::incoming_handler::Guest,
    http::types::{Fields, IncomingBody, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam},
};

struct Classic;

wasip2::http::proxy::export!(Classic);

impl Guest for Classic {
    fn handle(request: IncomingRequest, outparam: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let body = read(&request);

        let response = OutgoingResponse::new(Fields::new());
        let outgoing = response.body().ok();
        ResponseOutparam::set(outparam, Ok(response));
        if let Some(outgoing) = outgoing {
            write(&outgoing, format!("{path} {seconds} {body}").as_bytes());
            let _ = OutgoingBody::finish(outgoing, None);
        }
    }
}

fn read(request: &IncomingRequest) -> String {
    let mut text = String::new();
    if let Ok(body) = request.consume() {
        if let Ok(mut stream) = body.stream() {
            let _ = stream.read_to_string(&mut text);
        }
        drop(IncomingBody::finish(body));
    }
    text
}

fn write(body: &OutgoingBody, bytes: &[u8]) {
    if let Ok(mut stream) = body.write() {
        let _ = stream.write_all(bytes);
        let _ = stream.flush();
    }
}
