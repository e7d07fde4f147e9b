package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long transactions wait for their callers, and are remembered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransactionRegistryTest {

    private static final TransactionSettings DEFAULTS = TransactionSettings.DEFAULTS;
    private static final long IDLE = TransactionRegistry.IDLE_MILLIS_MAX;
    private static final long REMEMBERED = 10 * 60_000;

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final Smilodon smilodon =
            Smilodon.inMemory(DatabaseOptions.DEFAULTS.withClock(new SetClock(millis)));
    private final TransactionRegistry registry = smilodon.transactions();

    /** A clock that shows what a test says. */
    private static final class SetClock extends Clock {

        private final AtomicLong millis;

        SetClock(AtomicLong millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private long count(String id) {
        return registry.use(id, own -> own.database("d").collection("c").count(Document.EMPTY));
    }

    @Test
    void a_transaction_that_nobody_uses_is_aborted() {
        String id = registry.begin(DEFAULTS);
        millis.addAndGet(IDLE);
        assertEquals(0, count(id), "not yet");
        millis.addAndGet(IDLE + 1);
        assertCode(251, () -> count(id));
        assertEquals(0, registry.openCount());
    }

    @Test
    void nobody_takes_those_of_others() {
        Caller ann = user("ann");
        for (int count = 0; count < TransactionRegistry.OPEN_OF_USER_COUNT_MAX; count++) {
            registry.begin(DEFAULTS, ann);
        }
        assertCode(146, () -> registry.begin(DEFAULTS, ann));
        Document start =
                doc(
                        "{'find': 'c', 'lsid': {'id': {'$uuid': '7a1c5b2e-93c3-4d51-8f10-1c2d3e4f5a6b'}},"
                                + " 'txnNumber': {'$numberLong': '1'}, 'startTransaction': true,"
                                + " 'autocommit': false}");
        assertEquals(Value.of(146), run(start, ann).get("code"));
        assertEquals(Value.of(1.0), run(start, user("bob")).get("ok"));
        millis.addAndGet(IDLE + 1);
        registry.begin(DEFAULTS, ann);
    }

    private Caller user(String name) {
        UserName user = new UserName(name, "admin");
        List<RoleName> roles = List.of(new RoleName("root", "admin"));
        return smilodon.users().recognised(user, roles, Origin.UNKNOWN);
    }

    private Document run(Document command, Caller caller) {
        return Commands.run(CommandContext.of(smilodon, "d").withCaller(caller), command);
    }

    /** Else it would hold an old state as long as nobody else comes. */
    @Test
    void it_is_aborted_without_any_use_of_the_registry() {
        DocumentTransaction transaction = registry.use(registry.begin(DEFAULTS), own -> own);
        millis.addAndGet(IDLE + 1);
        Await.until("it is aborted", () -> !transaction.isActive());
        assertCode(251, transaction::commit);
    }

    @Test
    void each_use_gives_the_time_anew() {
        String used = registry.begin(DEFAULTS);
        String unused = registry.begin(DEFAULTS);
        for (int round = 0; round < 3; round++) {
            millis.addAndGet(IDLE / 2 + 1);
            count(used);
        }
        assertEquals(1, registry.openCount());
        assertCode(251, () -> count(unused));
        assertEquals(0, count(used));
    }

    @Test
    void a_transaction_in_use_is_not_idle() {
        String id = registry.begin(DEFAULTS);
        registry.use(
                id,
                own -> {
                    millis.addAndGet(IDLE + 1);
                    registry.closeIdle();
                    assertTrue(own.isActive());
                    return own.database("d").collection("c").insertOne(doc("{'_id': 1}"));
                });
        registry.commit(id);
        assertEquals(1, smilodon.database("d").collection("c").count(Document.EMPTY));
    }

    @Test
    void what_became_of_a_transaction_is_remembered_for_a_while() {
        String committed = registry.begin(DEFAULTS);
        registry.use(
                committed, own -> own.database("d").collection("c").insertOne(doc("{'_id': 1}")));
        long sequence = registry.commit(committed);
        String aborted = registry.begin(DEFAULTS);
        registry.abort(aborted);

        millis.addAndGet(REMEMBERED);
        assertEquals(sequence, registry.commit(committed));
        assertCode(256, () -> registry.abort(committed));
        SmilodonException forgotten =
                assertThrows(
                        SmilodonException.class,
                        () -> {
                            millis.addAndGet(REMEMBERED + 1);
                            registry.commit(committed);
                        });
        assertEquals(251, forgotten.code().number());
        assertTrue(forgotten.labels().contains(ErrorLabels.TRANSIENT));
        assertCode(251, () -> registry.commit(aborted));
    }

    @Test
    void there_is_room_for_so_many_and_again_when_they_are_idle() {
        for (int count = 0; count < TransactionRegistry.OPEN_COUNT_MAX; count++) {
            registry.begin(DEFAULTS);
        }
        assertCode(146, () -> registry.begin(DEFAULTS));
        millis.addAndGet(IDLE + 1);
        registry.begin(DEFAULTS);
        assertEquals(1, registry.openCount());
    }

    @Test
    void rule_121_a_transaction_that_is_not_known_is_refused() {
        SmilodonException unknown =
                assertThrows(SmilodonException.class, () -> registry.commit("no such"));
        assertEquals(251, unknown.code().number());
        assertTrue(unknown.labels().contains(ErrorLabels.TRANSIENT));
        assertCode(251, () -> registry.abort("no such"));
        assertCode(251, () -> count("no such"));
    }
}
