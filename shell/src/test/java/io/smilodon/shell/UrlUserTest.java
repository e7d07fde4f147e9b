package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.QuickPasswords;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.RestServer;
import io.smilodon.rest.login.LoginOptions;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramMechanism;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users in URLs of servers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UrlUserTest {

    private static final String PASSWORD = "p:w @+%";

    private static String plain(String url) {
        String header = UrlUser.authorization(URI.create(url), () -> "asked").orElse("");
        byte[] bytes = Base64.getDecoder().decode(header.replace("Basic ", ""));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:7400/jdk,                 ''",
        "http://ann@localhost:7400/jdk,             ann:asked",
        "http://ann:secret@localhost/,              ann:secret",
        "http://ann:@localhost/,                    'ann:'",
        "http://a%40b:p%3Aw%20%40+%25@localhost:1/, 'a@b:p:w @+%'",
    })
    void a_url_may_name_a_user_and_the_password(String url, String expected) {
        assertEquals(expected, plain(url));
        assertEquals(-1, UrlUser.without(URI.create(url)).toString().indexOf('@'));
    }

    @Test
    void a_user_may_be_named_beside_the_url() {
        URI server = URI.create("http://localhost:7400/jdk");
        assertEquals("ann b:asked", plain(UrlUser.with(server, "ann b").toString()));
        assertEquals(server, UrlUser.without(UrlUser.with(server, "ann")));
        assertThrows(ShellException.class, () -> UrlUser.with(server, "a:b"));
    }

    @Test
    void the_shell_works_on_a_server_for_users_only() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            RestOptions options = RestOptions.DEFAULTS.withPort(0).withLogin(LoginOptions.DEFAULTS);
            ScramMechanism mechanism = ScramMechanism.SHA_256;
            Document credentials = QuickPasswords.stored(mechanism.label(), PASSWORD);
            smilodon.users()
                    .create(
                            new UserName("ann", "admin"),
                            Document.of(mechanism.label(), credentials),
                            List.of(new RoleName("readWrite", "notes")));
            try (RestServer server = RestServer.start(smilodon, options)) {
                String at = "localhost:" + server.port() + "/";
                assertEquals(1L, count(URI.create("http://ann:p%3Aw%20%40+%25@" + at)));
                SmilodonException stranger =
                        assertThrows(
                                SmilodonException.class, () -> count(URI.create("http://" + at)));
                assertEquals(13, stranger.code().number());
                SmilodonException wrong =
                        assertThrows(
                                SmilodonException.class,
                                () -> count(URI.create("http://ann:x@" + at)));
                assertEquals(18, wrong.code().number());
            }
        }
    }

    private static long count(URI server) {
        try (RestClient client = new RestClient(server)) {
            String todo = "/api/v1/dbs/notes/collections/todo/";
            client.post(todo + "insertOne", Document.of("document", Document.EMPTY));
            Document counted = client.post(todo + "count", Document.EMPTY);
            assertEquals(-1, client.server().toString().indexOf("ann"));
            return ((NumberValue) counted.get("count")).toLong();
        }
    }
}
