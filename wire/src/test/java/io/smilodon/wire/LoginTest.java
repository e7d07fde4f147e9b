package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.smilodon.security.AuditFile;
import io.smilodon.security.FailedLogins;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramMechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official driver logs in, or does not, where nobody may do anything before. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginTest {

    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.forUsers();
        ScramUsers.root(served, "ada", "pencil");
        ScramUsers.create(served, new UserName("old", "admin"), "pencil", ScramMechanism.SHA_1);
        ScramUsers.create(served, new UserName("new", "admin"), "pen cil", ScramMechanism.SHA_256);
        ScramUsers.create(
                served, new UserName("bob", "shop"), "p@ss:/word,=", ScramMechanism.values());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static MongoClient client(Served to, String credentials, String options) {
        return MongoClients.create(
                "mongodb://"
                        + credentials
                        + "@127.0.0.1:"
                        + to.server().port()
                        + "/shop?serverSelectionTimeoutMS=5000&"
                        + options);
    }

    private static Document status(MongoClient client) {
        return client.getDatabase("shop").runCommand(new Document("connectionStatus", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "ada:pencil, authSource=admin",
        "ada:pencil, authSource=admin&authMechanism=SCRAM-SHA-1",
        "ada:pencil, authSource=admin&authMechanism=SCRAM-SHA-256",
        "old:pencil, authSource=admin",
        "old:pencil, authSource=admin&authMechanism=SCRAM-SHA-1",
        "new:pen%C2%A0cil, authSource=admin",
        "bob:p%40ss%3A%2Fword%2C%3D, ''",
    })
    void who_knows_the_password_is_let_in(String credentials, String options) {
        try (MongoClient client = client(served, credentials, options)) {
            client.getDatabase("shop").getCollection("items").find().first();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ada:Pencil, authSource=admin",
        "ada:pencil, authSource=shop",
        "ada:pencil, ''",
        "new:pencil, authSource=admin",
        "new:pen%20cil, authSource=admin&authMechanism=SCRAM-SHA-1",
        "old:pencil, authSource=admin&authMechanism=SCRAM-SHA-256",
        "nobody:pencil, authSource=admin",
        "nobody:pencil, authSource=admin&authMechanism=SCRAM-SHA-1",
    })
    void others_are_not(String credentials, String options) {
        try (MongoClient client = client(served, credentials, options)) {
            MongoSecurityException refusal =
                    assertThrows(
                            MongoSecurityException.class,
                            () -> client.getDatabase("shop").runCommand(new Document("ping", 1)));

            assertEquals(18, ((MongoException) refusal.getCause()).getCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "nobody"})
    void a_greeting_tells_mechanisms_of_whomever(String user) {
        Document greeting =
                served.database()
                        .runCommand(
                                new Document("hello", 1)
                                        .append("saslSupportedMechs", "admin." + user));

        assertEquals(List.of("SCRAM-SHA-256", "SCRAM-SHA-1"), greeting.get("saslSupportedMechs"));
    }

    @Test
    void a_stranger_may_only_greet() {
        served.database().runCommand(new Document("ping", 1));

        assertEquals(
                "Command find requires authentication",
                refusal(() -> served.database().getCollection("items").find().first()));
    }

    private static String refusal(Executable work) {
        MongoCommandException refusal = assertThrows(MongoCommandException.class, work);
        assertEquals(13, refusal.getErrorCode());
        return refusal.getErrorMessage();
    }

    @Test
    void users_are_made_by_users_and_do_what_roles_allow() {
        try (MongoClient root = client(served, "ada:pencil", "authSource=admin")) {
            MongoDatabase shop = root.getDatabase("shop");
            shop.runCommand(
                    Document.parse("{createUser: 'clerk', pwd: 'pen', roles: ['readWrite']}"));
            try (MongoClient clerk = client(served, "clerk:pen", "")) {
                clerk.getDatabase("shop").getCollection("items").insertOne(new Document("n", 1));
                MongoDatabase other = clerk.getDatabase("other");
                refusal(() -> other.getCollection("items").insertOne(new Document("n", 1)));
                refusal(() -> other.getCollection("items").find().first());
                refusal(
                        () ->
                                clerk.getDatabase("admin")
                                        .getCollection("system.users")
                                        .find()
                                        .first());
                refusal(
                        () ->
                                clerk.getDatabase("admin")
                                        .getCollection("system.keys")
                                        .find()
                                        .first());
                shop.runCommand(
                        Document.parse("{revokeRolesFromUser: 'clerk', roles: ['readWrite']}"));
                refusal(() -> clerk.getDatabase("shop").getCollection("items").find().first());
                shop.runCommand(Document.parse("{dropUser: 'clerk'}"));
                assertEquals(
                        "Command find requires authentication",
                        refusal(
                                () ->
                                        clerk.getDatabase("shop")
                                                .getCollection("items")
                                                .find()
                                                .first()));
            }
        }
    }

    @Test
    void nobody_writes_users_and_keys_but_by_their_commands() {
        try (MongoClient root = client(served, "ada:pencil", "authSource=admin")) {
            for (String name : List.of("system.users", "system.keys")) {
                MongoCollection<Document> kept = root.getDatabase("admin").getCollection(name);
                assertThrows(MongoException.class, () -> kept.insertOne(new Document()));
                assertThrows(MongoException.class, () -> kept.deleteMany(new Document()));
                assertThrows(MongoException.class, kept::drop);
            }
        }
    }

    @Test
    void a_cursor_belongs_to_who_opened_it() {
        try (MongoClient ada = client(served, "ada:pencil", "authSource=admin");
                MongoClient old = client(served, "old:pencil", "authSource=admin")) {
            MongoDatabase shop = ada.getDatabase("shop");
            shop.getCollection("t").insertMany(List.of(new Document(), new Document()));
            Document found = shop.runCommand(Document.parse("{find: 't', batchSize: 1}"));
            long cursor = found.get("cursor", Document.class).getLong("id");
            Document getMore = new Document("getMore", cursor).append("collection", "t");

            refusal(() -> old.getDatabase("shop").runCommand(getMore));
        }
    }

    @Test
    void many_connections_log_in_at_once() throws Exception {
        try (MongoClient client = client(served, "ada:pencil", "authSource=admin&maxPoolSize=50");
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Document>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(workers.submit(() -> status(client)));
            }
            for (Future<Document> answer : answers) {
                assertEquals(1.0, answer.get().get("ok"));
            }
        }
    }

    /** Then the right password is of no use either, for a while. */
    @Test
    void who_guesses_too_often_has_to_wait() {
        try (Served other = Served.forUsers()) {
            ScramUsers.create(
                    other, new UserName("ada", "admin"), "pencil", ScramMechanism.SHA_256);
            ScramUsers.create(
                    other, new UserName("bob", "admin"), "pencil", ScramMechanism.SHA_256);
            for (int i = 0; i < FailedLogins.OF_USER_MAX; i++) {
                assertFalse(isLetIn(other, "ada:guess" + i));
            }

            assertFalse(isLetIn(other, "ada:pencil"));
            assertTrue(isLetIn(other, "bob:pencil"));
        }
    }

    private static boolean isLetIn(Served to, String credentials) {
        try (MongoClient client = client(to, credentials, "authSource=admin")) {
            client.getDatabase("shop").runCommand(new Document("ping", 1));
            return true;
        } catch (MongoSecurityException refusal) {
            return false;
        }
    }

    @Test
    void who_logs_in_and_who_may_not_is_written_down(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("audit.json");
        try (Served audited = Served.forUsers()) {
            ScramUsers.create(
                    audited, new UserName("ada", "admin"), "pencil", ScramMechanism.SHA_256);
            audited.smilodon()
                    .users()
                    .create(
                            new UserName("bob", "admin"),
                            ScramUsers.credentials("bob", "pencil", ScramMechanism.SHA_256),
                            List.of());
            audited.smilodon().users().audit().writeTo(AuditFile.open(path));
            try (MongoClient client = client(audited, "bob:pencil", "authSource=admin")) {
                MongoDatabase database = client.getDatabase("shop");
                assertThrows(
                        MongoCommandException.class,
                        () -> database.runCommand(new Document("count", "items")));
            }
            try (MongoClient client = client(audited, "ada:wrong", "authSource=admin")) {
                assertThrows(MongoSecurityException.class, () -> status(client));
            }
        }
        List<Document> events = Files.readAllLines(path).stream().map(Document::parse).toList();
        List<String> told =
                events.stream().map(e -> e.get("atype") + " " + e.get("result")).toList();
        assertEquals(List.of("authenticate 0", "authCheck 13"), told.subList(0, 2));
        assertTrue(told.contains("authenticate 18"), told.toString());
        Document first = events.getFirst();
        assertEquals(
                Document.parse("{user: 'bob', db: 'admin', mechanism: 'SCRAM-SHA-256'}"),
                first.get("param"));
        assertEquals("127.0.0.1", first.get("remote", Document.class).get("ip"));
        Document refused = events.get(1);
        assertEquals(Document.parse("{command: 'count', ns: 'shop.items'}"), refused.get("param"));
        assertTrue(refused.get("remote", Document.class).getInteger("port") > 0);
    }
}
