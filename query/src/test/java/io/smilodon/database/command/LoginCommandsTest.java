package io.smilodon.database.command;

import static io.smilodon.database.command.LoginMessages.payload;
import static io.smilodon.database.command.LoginMessages.resume;
import static io.smilodon.database.command.LoginMessages.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.QuickPasswords;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Caller;
import io.smilodon.security.FailedLogins;
import io.smilodon.security.Login;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramClient;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are answered that log in, message by message. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginCommandsTest {

    private static final ScramMechanism MECHANISM = LoginMessages.MECHANISM;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final byte[] NOTHING = {};

    /** Who guessed too often waits for ever. */
    private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static Document credentials;

    private Smilodon smilodon;
    private Login login;

    @BeforeAll
    static void hash() {
        credentials =
                Document.of(MECHANISM.label(), QuickPasswords.stored(MECHANISM.label(), "pencil"));
    }

    @BeforeEach
    void open() {
        open(Smilodon.inMemory(DatabaseOptions.DEFAULTS.withClock(STANDING)));
        create("ada", "admin");
        create("bob", "admin");
        create("bob", "shop");
    }

    private void open(Smilodon opened) {
        smilodon = opened;
        smilodon.users().logins().setIterations(MECHANISM, ScramCredentials.ITERATIONS_MIN);
        login = login(true);
    }

    private void create(String user, String database) {
        smilodon.users()
                .create(
                        new UserName(user, database),
                        credentials,
                        List.of(new RoleName("root", "admin")));
    }

    private Login login(boolean isRequired) {
        return new Login(smilodon.users().logins(), HERE, HERE, isRequired);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document run(String database, Document command) {
        return Commands.run(CommandContext.of(smilodon, database).withLogin(login), command);
    }

    /** Runs a command, written as JSON with ' for ", and names without. */
    private Document run(String command) {
        return run("admin", Json.doc(command.replaceAll("(\\w+):", "'$1':")));
    }

    /** Logs in, in two messages; the last answer. */
    private Document logIn(String user, String database, String password) {
        ScramClient client = new ScramClient(MECHANISM, user, password);
        Document asked = run(database, start(client.first(), true));
        return run(database, resume(client.proof(payload(asked))));
    }

    private Optional<UserName> user() {
        return login.caller().user();
    }

    private static void assertFails(int code, Document answer) {
        assertEquals(Value.of(code), answer.get("code"), () -> Json.text(answer));
    }

    @Test
    void three_messages_log_a_user_in() {
        ScramClient client = new ScramClient(MECHANISM, "ada", "pencil");

        Document asked = run("admin", start(client.first(), false));
        assertEquals(Value.of(1), asked.get("conversationId"));
        assertEquals(Value.of(false), asked.get("done"));
        Document signed = run("admin", resume(client.proof(payload(asked))));
        assertTrue(client.trusts(payload(signed)));
        assertEquals(Value.of(false), signed.get("done"));
        assertEquals(Optional.empty(), user());
        Document last = run("admin", resume(NOTHING));

        assertEquals(
                "{'conversationId':1,'done':true,'payload':{'$binary':{'base64':'',"
                        + "'subType':'00'}},'ok':1.0}",
                Json.text(last));
        assertEquals(Optional.of(new UserName("ada", "admin")), user());
    }

    @Test
    void who_speaks_in_base64_is_answered_so() {
        ScramClient client = new ScramClient(MECHANISM, "ada", "pencil");
        Document start =
                start(NOTHING, true)
                        .with(
                                "payload",
                                Value.of(Base64.getEncoder().encodeToString(client.first())));

        Value payload = run("admin", start).get("payload");

        byte[] asked = Base64.getDecoder().decode(((StringValue) payload).value());
        assertEquals("r=", new String(asked, 0, 2, StandardCharsets.US_ASCII));
    }

    @Test
    void a_greeting_can_be_the_first_message() {
        ScramClient client = new ScramClient(MECHANISM, "ada", "pencil");
        Document speculative = start(client.first(), true).with("db", Value.of("admin"));

        Document greeting =
                run(
                        "admin",
                        Document.of("hello", Value.of(1))
                                .with("speculativeAuthenticate", speculative));
        Document asked = (Document) greeting.get("speculativeAuthenticate");
        Document last = run("admin", resume(client.proof(payload(asked))));

        assertEquals(Value.of(true), last.get("done"));
        assertEquals(Optional.of(new UserName("ada", "admin")), user());
    }

    /** The client begins anew then, and is told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{saslStart: 1}",
                "{saslStart: 1, db: 'admin'}",
                "{saslStart: 1, db: 'admin', mechanism: 'PLAIN', payload: 'bixhYmNk'}",
                "{saslStart: 1, db: 'admin', mechanism: 'SCRAM-SHA-256', payload: 'bixhYmNk'}",
                "{saslStart: 1, db: 'admin', mechanism: 5, payload: {}}",
                "{authenticate: 1, mechanism: 'MONGODB-X509', db: '$external'}",
                "5",
            })
    void a_greeting_says_nothing_of_what_fails(String speculative) {
        Document greeting = run("{hello: 1, speculativeAuthenticate: " + speculative + "}");

        assertEquals(Value.of(1.0), greeting.get("ok"));
        assertEquals(Missing.INSTANCE, greeting.get("speculativeAuthenticate"));
        assertFails(17, run("admin", resume(NOTHING)));
    }

    @ParameterizedTest
    @CsvSource({
        "admin.ada, SCRAM-SHA-256",
        "admin.nobody, SCRAM-SHA-256 SCRAM-SHA-1",
        "shop.bob, SCRAM-SHA-256",
        "shop.b.c, SCRAM-SHA-256 SCRAM-SHA-1",
    })
    void a_greeting_tells_by_what_a_user_can_log_in(String user, String mechanisms) {
        Document greeting = run("{hello: 1, saslSupportedMechs: '" + user + "'}");

        List<Value> labels = Stream.of(mechanisms.split(" ")).map(Value::of).toList();
        assertEquals(ArrayValue.of(labels), greeting.get("saslSupportedMechs"));
    }

    @Test
    void a_greeting_wants_the_whole_name_of_a_user() {
        assertFails(2, run("{hello: 1, saslSupportedMechs: 'ada'}"));
    }

    @ParameterizedTest
    @CsvSource({"ada, admin, Pencil", "ada, shop, pencil", "nobody, admin, pencil"})
    void all_that_is_wrong_is_answered_alike(String user, String database, String password) {
        Document answer = logIn(user, database, password);

        assertEquals(
                "{'ok':0.0,'errmsg':'Authenticationfailed.','code':18,"
                        + "'codeName':'AuthenticationFailed'}",
                Json.text(answer));
        assertEquals(Optional.empty(), user());
        assertFails(17, run("admin", resume(NOTHING)));
    }

    @Test
    void a_mechanism_that_the_user_has_not_is_refused() {
        ScramClient client = new ScramClient(ScramMechanism.SHA_1, "ada", "pencil");
        Document start =
                start(client.first(), true)
                        .with("mechanism", Value.of(ScramMechanism.SHA_1.label()));

        assertFails(18, run("admin", start));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{saslStart: 1, mechanism: 'PLAIN', payload: ''}; 334",
                "{saslStart: 1, mechanism: 'MONGODB-OIDC', payload: ''}; 334",
                "{saslStart: 1, mechanism: 'scram-sha-256', payload: ''}; 334",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: ''}; 18",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: '?'}; 2",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: 5}; 2",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256'}; 40414",
                "{saslStart: 1, payload: ''}; 40414",
                "{saslStart: 1, mechanism: 5, payload: ''}; 14",
                "{saslContinue: 1, conversationId: 1, payload: ''}; 17",
                "{saslContinue: 1, conversationId: 2, payload: ''}; 17",
                "{saslContinue: 1, payload: ''}; 40414",
                "{authenticate: 1}; 2",
                "{authenticate: 1, mechanism: 'MONGODB-CR'}; 2",
                "{authenticate: 1, mechanism: 'MONGODB-X509'}; 18",
                "{getnonce: 1}; 59",
            })
    void what_is_no_login_is_refused(String command, int code) {
        assertFails(code, run(command));
    }

    @Test
    void another_conversation_cannot_go_on() {
        ScramClient client = new ScramClient(MECHANISM, "ada", "pencil");
        byte[] proof = client.proof(payload(run("admin", start(client.first(), true))));

        assertFails(17, run("admin", resume(proof).with("conversationId", Value.of(2))));
        assertFails(17, run("admin", resume(proof)));
    }

    @Test
    void a_connection_is_of_one_user_until_that_logs_out() {
        logIn("bob", "shop", "pencil");

        assertFails(5626702, logIn("ada", "admin", "pencil"));
        assertEquals(Optional.of(new UserName("bob", "shop")), user());
        assertEquals(Value.of(1.0), logIn("bob", "shop", "pencil").get("ok"));
        run("admin", Document.of("logout", Value.of(1)));
        assertEquals(Optional.of(new UserName("bob", "shop")), user(), "of another database");
        run("shop", Document.of("logout", Value.of(1)));
        assertEquals(Caller.NOBODY, login.caller());
        logIn("ada", "admin", "pencil");
        assertFails(5626701, logIn("bob", "admin", "pencil"));
        assertEquals(Optional.of(new UserName("ada", "admin")), user());
        smilodon.users().drop(new UserName("ada", "admin"));
        logIn("bob", "admin", "pencil");
        assertEquals(Optional.of(new UserName("bob", "admin")), user());
    }

    @Test
    void who_is_dropped_meanwhile_is_not_let_in() {
        ScramClient client = new ScramClient(MECHANISM, "ada", "pencil");
        byte[] proof = client.proof(payload(run("admin", start(client.first(), true))));
        smilodon.users().drop(new UserName("ada", "admin"));

        assertFails(18, run("admin", resume(proof)));
        assertEquals(Caller.NOBODY, login.caller());
    }

    @Test
    void without_logins_who_logs_in_may_do_everything_still() {
        login = login(false);

        assertEquals(Value.of(1.0), logIn("ada", "admin", "pencil").get("ok"));
        assertFails(18, logIn("ada", "admin", "Pencil"));
        assertEquals(Caller.UNRESTRICTED, login.caller());
    }

    @Test
    void guesses_are_looked_at_five_times() {
        for (int i = 0; i < FailedLogins.OF_USER_MAX; i++) {
            assertFalse(logIn("ada", "admin", "guess" + i).has("hint"));
        }
        Document refused = logIn("ada", "admin", "pencil");

        assertFails(18, refused);
        assertTrue(refused.has("hint"));
        assertEquals(Value.of(1.0), logIn("bob", "admin", "pencil").get("ok"));
    }

    /** So it does not show by a name that is asked twice. */
    @Test
    void who_does_not_exist_has_the_same_salt_after_a_restart(@TempDir Path directory) {
        smilodon.close();
        open(Smilodon.open(directory));
        String before = salt("nobody");
        String other = salt("somebody");
        smilodon.close();
        open(Smilodon.open(directory));

        assertEquals(before, salt("nobody"));
        assertNotEquals(before, other);
    }

    private String salt(String user) {
        byte[] first = new ScramClient(MECHANISM, user, "").first();
        byte[] asked = payload(run("admin", start(first, true)));
        return new String(asked, StandardCharsets.US_ASCII).split(",")[1];
    }

    /** Whatever bytes come, in whatever order: one of few errors, and nobody is let in. */
    @RepeatedTest(200)
    void rubbish_is_refused_by_few_errors() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            byte[] payload = rubbish(random);
            Document command =
                    random.nextInt(3) == 0
                            ? start(payload, random.nextBoolean())
                            : resume(payload)
                                    .with("conversationId", Value.of(random.nextInt(8) / 4));
            Document answer = run("admin", command);
            boolean isKnown =
                    answer.get("ok").equals(Value.of(1.0))
                            || Set.of(Value.of(17), Value.of(18)).contains(answer.get("code"));
            assertTrue(isKnown, () -> "seed " + seed + ": " + Json.text(answer));
        }
        assertEquals(Caller.NOBODY, login.caller(), () -> "seed " + seed);
    }

    private static byte[] rubbish(Random random) {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(6_000)];
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder("n,,n=ada,r=fyko+d2lbbFgONRv9qkxdawL");
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            text.setCharAt(at, ",=nrpc\0\u00e9".charAt(random.nextInt(8)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
