// A relay: smtp-server, which keeps what it takes. Settings: `port`, `tls` ("none", "starttls", "implicit") with `key`
// and `certificate` in PEM, `user` and `password`, `answers`: what it says to the first messages, one each, where that
// is not "250". Prints {port, url}; `GET url` lists what was taken.
import { createServer } from "node:http";
import { SMTPServer } from "smtp-server";

const settings = JSON.parse(process.argv[2]);
const answers = settings.answers ?? [];
const taken = [];

const relay = new SMTPServer({
  secure: settings.tls === "implicit",
  key: settings.key,
  cert: settings.certificate,
  disabledCommands: settings.tls === "starttls" ? [] : ["STARTTLS"],
  authOptional: settings.user === undefined,
  allowInsecureAuth: true,
  onAuth({ username, password }, _session, done) {
    const right = username === settings.user && password === settings.password;
    done(right ? null : new Error("Invalid user or password"), right ? { user: username } : undefined);
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const answer = answers.shift();
      if (answer !== undefined) {
        done(Object.assign(new Error(answer.text), { responseCode: answer.code }));
        return;
      }
      taken.push({
        message: Buffer.concat(chunks).toString(),
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(({ address }) => address),
        encrypted: session.secure,
        user: session.user ?? null,
        hello: session.hostNameAppearsAs,
      });
      done();
    });
  },
});
relay.on("error", (error) => console.log(`relay: ${error.message}`));

const list = createServer((_request, response) => response.end(JSON.stringify(taken)));
relay.listen(settings.port ?? 0, "127.0.0.1", () => {
  list.listen(0, "127.0.0.1", () => {
    const port = relay.server.address().port;
    console.log(JSON.stringify({ port, url: `http://127.0.0.1:${list.address().port}` }));
  });
});
process.stdin.on("end", () => process.exit()).resume();
