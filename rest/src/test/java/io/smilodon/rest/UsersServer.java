package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.QuickPasswords;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.login.JwtOptions;
import io.smilodon.rest.login.LoginOptions;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A real server for users only, with some data, and requests of users to it. */
final class UsersServer implements AutoCloseable {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final TestServer server;
    private final HandClock clock = new HandClock();

    /**
     * Starts one.
     *
     * @param directory for the keys of tokens, and the token for the first user
     */
    UsersServer(Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), SECRET);
        LoginOptions login =
                LoginOptions.DEFAULTS
                        .withJwt(JwtOptions.of(keys))
                        .withFirstTokenFile(directory.resolve("first"));
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withClock(clock);
        server = new TestServer(Smilodon.inMemory(options), RestOptions.DEFAULTS.withLogin(login));
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            users().logins().setIterations(mechanism, ScramCredentials.ITERATIONS_MIN);
        }
        DocumentCollection movies = smilodon().database("cinema").collection("movies");
        for (int id = 1; id <= 3; id++) {
            movies.insertOne(Document.of("_id", Value.of(id)));
        }
        smilodon().database("other").collection("secrets").insertOne(doc("{\"_id\": 1}"));
    }

    /** Lets time pass for the database. */
    void pass(Duration time) {
        clock.pass(time);
    }

    /** What time it is for the database. */
    Instant now() {
        return clock.instant();
    }

    RestServer server() {
        return server.server();
    }

    Smilodon smilodon() {
        return server.smilodon();
    }

    Http http() {
        return server.http();
    }

    static Document doc(String json) {
        return ExtendedJson.readDocument(json);
    }

    Users users() {
        return smilodon().users();
    }

    static Document credentials(String password) {
        ScramMechanism mechanism = ScramMechanism.SHA_256;
        return Document.of(mechanism.label(), QuickPasswords.stored(mechanism.label(), password));
    }

    /** Makes a user with roles such as {@code read@cinema}. */
    void user(String name, String... roles) {
        List<RoleName> granted = new ArrayList<>();
        for (String role : roles) {
            granted.add(new RoleName(role.split("@")[0], role.split("@")[1]));
        }
        users().create(new UserName(name, "admin"), credentials("pw of " + name), granted);
    }

    void change(String name, String change) {
        command("{'updateUser': '%s', %s}".formatted(name, change));
    }

    void command(String command) {
        Document answer =
                Commands.run(
                        CommandContext.of(server.smilodon(), "admin"),
                        doc(command.replace('\'', '"')));
        assertEquals(Value.of(1.0), answer.get("ok"), answer.toString());
    }

    /** How a user logs in. */
    static String basic(String name) {
        return basic(name, "pw of " + name);
    }

    static String basic(String name, String password) {
        byte[] bytes = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    /** Sends a request: method, path and body, in which ' stands for quotes. */
    Http.Answer send(String authorization, String request) {
        String[] parts = request.split(" ", 3);
        String body = parts.length > 2 ? parts[2].replace('\'', '"') : "";
        List<String> headers = new ArrayList<>();
        if (!authorization.isEmpty()) {
            headers.addAll(List.of("Authorization", authorization));
        }
        if (!body.isEmpty()) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        return server.http().send(parts[0], parts[1], body, headers.toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
    }
}
