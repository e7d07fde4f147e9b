package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionRunsTest {

    private static final TransactionSettings DEFAULTS = TransactionSettings.DEFAULTS;
    private static final Document ALL = Document.EMPTY;

    private Smilodon smilodon;
    private DocumentCollection accounts;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        accounts = smilodon.database("bank").collection("accounts");
        accounts.insertMany(docs("{'_id': 1, 'n': 10}", "{'_id': 2, 'n': 20}"), true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private long number(String filter) {
        return Long.parseLong(text(accounts.findOne(doc(filter)).orElseThrow().get("n")));
    }

    /** Both have written; what the loser wrote is dropped when it commits. */
    @Test
    void the_loser_of_a_race_for_a_request_id_is_not_counted() {
        assertEquals(2, accounts.estimatedCount());
        AtomicInteger depth = new AtomicInteger();
        smilodon.transactionOnce("one", DEFAULTS, own -> insertTwice(own, depth));
        assertEquals(3, accounts.count(ALL));
        assertEquals(3, accounts.estimatedCount());
    }

    private Document insertTwice(DocumentTransaction own, AtomicInteger depth) {
        own.database("bank").collection("accounts").insertOne(doc("{'n': 1}"));
        if (depth.getAndIncrement() == 0) {
            smilodon.transactionOnce("one", DEFAULTS, winner -> insertTwice(winner, depth));
        }
        return ALL;
    }

    // ---- Functions

    @Test
    void a_function_is_run_again_until_it_goes_through() {
        AtomicInteger attempts = new AtomicInteger();

        long result =
                smilodon.transaction(
                        own -> {
                            DocumentCollection mine = own.database("bank").collection("accounts");
                            long n = mine.count(doc("{'n': {'$gte': 100}}"));
                            if (attempts.incrementAndGet() < 3) {
                                accounts.updateOne(
                                        doc("{'_id': 1}"), value("{'$inc': {'n': 100}}"));
                            }
                            mine.updateOne(doc("{'_id': 1}"), value("{'$inc': {'n': 1}}"));
                            return n;
                        });

        assertEquals(3, attempts.get());
        assertEquals(1, result);
        assertEquals(211, number("{'_id': 1}"));
    }

    @Test
    void a_function_that_throws_leaves_nothing() {
        IllegalStateException mine = new IllegalStateException("mine");

        assertSame(
                mine,
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                smilodon.transaction(
                                        own -> {
                                            own.database("bank")
                                                    .collection("accounts")
                                                    .deleteMany(ALL);
                                            throw mine;
                                        })));
        assertEquals(2, accounts.count(ALL));
    }

    @Test
    void a_function_may_abort() {
        String result =
                smilodon.transaction(
                        own -> {
                            own.database("bank").collection("accounts").deleteMany(ALL);
                            own.abort();
                            return "given up";
                        });
        assertEquals("given up", result);
        assertEquals(2, accounts.count(ALL));
    }

    @Test
    void conflicts_without_end_surface_after_the_deadline() {
        assertCode(
                112,
                () ->
                        smilodon.transaction(
                                DEFAULTS.withMillisMax(30),
                                own -> {
                                    accounts.updateOne(
                                            doc("{'_id': 1}"), value("{'$inc': {'n': 1}}"));
                                    return own.database("bank")
                                            .collection("accounts")
                                            .deleteMany(ALL);
                                }));
    }

    /** Each of two withdraws what the sum allows: snapshots let both, serializable only one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void write_skew_is_prevented_where_it_is_asked_for(boolean isSerializable) {
        TransactionSettings settings =
                DEFAULTS.withIsolation(
                        isSerializable ? Isolation.SERIALIZABLE : Isolation.SNAPSHOT);
        try (DocumentTransaction one = smilodon.begin(settings);
                DocumentTransaction other = smilodon.begin(settings)) {
            withdraw(one, "{'_id': 1}");
            withdraw(other, "{'_id': 2}");
            one.commit();
            if (isSerializable) {
                assertCode(112, other::commit);
            } else {
                other.commit();
            }
        }
    }

    private static void withdraw(DocumentTransaction own, String from) {
        DocumentCollection mine = own.database("bank").collection("accounts");
        assertEquals(2, mine.count(doc("{'n': {'$gt': 0}}")));
        mine.updateOne(doc(from), value("{'$inc': {'n': -30}}"));
    }

    // ---- Once

    @Test
    void an_answer_outlives_the_process() {
        MemoryDirectory directory = new MemoryDirectory();
        List<Document> answers = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Smilodon opened = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
                DocumentCollection c = opened.database("d").collection("c");
                answers.add(Actions.run(c, "insertOne", doc("{'document': {}, 'requestId': 'r'}")));
                assertEquals(1, c.count(ALL));
            }
        }
        assertEquals(answers.get(0), answers.get(1));
    }

    @Test
    void a_request_id_does_not_answer_another_request() {
        Document insert = doc("{'document': {'_id': 7}, 'requestId': 'r'}");
        Document answer = Actions.run(accounts, "insertOne", insert);

        assertCode(
                2,
                () ->
                        Actions.run(
                                accounts,
                                "insertOne",
                                doc("{'document': {'_id': 8}, 'requestId': 'r'}")));
        assertCode(
                2,
                () -> Actions.run(accounts, "deleteOne", doc("{'filter': {}, 'requestId': 'r'}")));
        DocumentCollection elsewhere = smilodon.database("bank").collection("elsewhere");
        assertCode(2, () -> Actions.run(elsewhere, "insertOne", insert));
        Document journaled = insert.with("writeConcern", doc("{'j': true}"));
        assertEquals(answer, Actions.run(accounts, "insertOne", journaled));
        assertEquals(3, accounts.count(ALL));
    }

    @Test
    void a_long_answer_is_kept_too() {
        List<Document> many = Collections.nCopies(1_000, ALL);
        Document insert =
                Document.builder()
                        .put("documents", ArrayValue.of(many))
                        .put("requestId", "long")
                        .build();

        Document answer = Actions.run(accounts, "insertMany", insert);
        assertEquals(answer, Actions.run(accounts, "insertMany", insert));
        assertEquals(1_002, accounts.count(ALL));
    }

    @Test
    void an_answer_that_has_given_way_to_newer_ones_is_217() {
        assertCode(217, () -> TransactionRuns.answer(new CommittedOutcome(1, new byte[0])));
    }

    @Test
    void what_is_asked_for_once_happens_once() {
        AtomicInteger runs = new AtomicInteger();
        List<Document> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(
                    smilodon.transactionOnce(
                            "request-1",
                            DEFAULTS,
                            own -> {
                                own.database("bank")
                                        .collection("accounts")
                                        .updateOne(doc("{'_id': 1}"), value("{'$inc': {'n': 1}}"));
                                return Document.of("run", Value.of(runs.incrementAndGet()));
                            }));
        }

        assertEquals(1, runs.get());
        assertEquals(11, number("{'_id': 1}"));
        assertEquals(1, answers.stream().distinct().count());
    }
}
