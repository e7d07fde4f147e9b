package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.SessionCommandsTest.COUNT;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.insert;
import static io.smilodon.database.command.SessionCommandsTest.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.SessionRegistry;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.TransactionSettings;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbered commands of a session follow one another. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class SessionTurnsTest {

    private static final BinaryValue SESSION = sessionId();
    private static final long SECONDS_MAX = 20;

    private final CommandServer server = new CommandServer();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private static BinaryValue sessionId() {
        Document fields = Json.doc("{" + FIRST + "}");
        return (BinaryValue) ((Document) fields.get("lsid")).get("id");
    }

    @AfterEach
    void close() {
        mayEnd.countDown();
        threads.close();
        server.close();
    }

    private SessionRegistry sessions() {
        return server.smilodon().sessions();
    }

    /** A statement that begins the session's first transaction, and ends when the test says so. */
    private CompletableFuture<Boolean> beginSlowly() {
        server.ok("{'create': 'a'}");
        SessionStatement first =
                new SessionStatement(SESSION, 1, Optional.of(TransactionSettings.DEFAULTS));
        return holding(
                () ->
                        sessions()
                                .run(
                                        first,
                                        own -> {
                                            own.database("cinema")
                                                    .collection("a")
                                                    .insertOne(Document.of("_id", Value.of(1)));
                                            return hold();
                                        }));
    }

    private CompletableFuture<Boolean> holding(Supplier<Boolean> work) {
        CompletableFuture<Boolean> holder = CompletableFuture.supplyAsync(work, threads);
        assertTrue(await(begun), "the holder has not begun");
        return holder;
    }

    private boolean hold() {
        begun.countDown();
        return await(mayEnd);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T> T within(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    /** Sends a command, and waits until it waits. */
    private CompletableFuture<Document> send(String name, Supplier<Document> command) {
        CompletableFuture<Document> answer = CompletableFuture.supplyAsync(command, threads);
        Await.until(name + " runs", () -> running(name).isPresent() || answer.isDone());
        assertFalse(answer.isDone(), () -> Json.text(answer.join()));
        return answer;
    }

    private Optional<RunningOperation> running(String name) {
        return server.smilodon().operations().running().stream()
                .filter(operation -> operation.description().name().equals(name))
                .findFirst();
    }

    private Document end(String command) {
        return server.admin(statement(FIRST, 1, "'" + command + "': 1"));
    }

    private long count() {
        return number(server.ok("{" + COUNT + "}"), "n");
    }

    @Test
    void a_commit_waits_for_the_statement_that_is_at_work() {
        CompletableFuture<Boolean> holder = beginSlowly();
        CompletableFuture<Document> commit =
                send("commitTransaction", () -> end("commitTransaction"));

        mayEnd.countDown();

        assertTrue(within(holder));
        CommandServer.withoutOk(within(commit));
        assertEquals(1, count());
    }

    @Test
    void an_abort_waits_for_the_statement_that_is_at_work() {
        CompletableFuture<Boolean> holder = beginSlowly();
        CompletableFuture<Document> abort = send("abortTransaction", () -> end("abortTransaction"));

        mayEnd.countDown();

        assertTrue(within(holder));
        CommandServer.withoutOk(within(abort));
        assertEquals(0, count());
    }

    @Test
    void a_statement_waits_for_the_one_before_it() {
        CompletableFuture<Boolean> holder = beginSlowly();
        CompletableFuture<Document> next =
                send("count", () -> server.run(statement(FIRST, 1, COUNT)));

        mayEnd.countDown();

        assertTrue(within(holder));
        assertEquals(1, number(CommandServer.withoutOk(within(next)), "n"));
        CommandServer.withoutOk(end("commitTransaction"));
    }

    @Test
    void a_new_transaction_waits_for_the_statement_of_the_one_that_it_ends() {
        CompletableFuture<Boolean> holder = beginSlowly();
        CompletableFuture<Document> next =
                send("insert", () -> server.run(begin(FIRST, 2, insert(2))));

        mayEnd.countDown();

        assertTrue(within(holder));
        CommandServer.withoutOk(within(next));
        assertEquals(1, server.smilodon().transactions().openCount());
        assertCode(225, end("commitTransaction"));
    }

    @Test
    void a_write_that_comes_again_waits_for_the_first() {
        String write = "{" + insert(1) + ", " + FIRST + ", 'txnNumber': 1}";
        CompletableFuture<Boolean> holder = holding(() -> sessions().write(SESSION, 1, this::hold));
        CompletableFuture<Document> again = send("insert", () -> server.run(write));

        mayEnd.countDown();

        assertTrue(within(holder));
        assertEquals(1, number(CommandServer.withoutOk(within(again)), "n"));
    }

    @Test
    void who_waits_is_out_of_time_and_changes_nothing() {
        CompletableFuture<Boolean> holder = beginSlowly();
        String commit = statement(FIRST, 1, "'commitTransaction': 1, 'maxTimeMS': 30");

        assertCode(50, within(CompletableFuture.supplyAsync(() -> server.admin(commit), threads)));

        mayEnd.countDown();
        assertTrue(within(holder));
        CommandServer.withoutOk(end("commitTransaction"));
        assertEquals(1, count());
    }

    @Test
    void who_waits_can_be_killed() {
        CompletableFuture<Boolean> holder = beginSlowly();
        CompletableFuture<Document> commit =
                send("commitTransaction", () -> end("commitTransaction"));
        int id = running("commitTransaction").orElseThrow().id();

        server.adminOk("{'killOp': 1, 'op': " + id + "}");

        assertCode(11601, within(commit));
        mayEnd.countDown();
        assertTrue(within(holder));
        CommandServer.withoutOk(end("commitTransaction"));
    }

    @Test
    void who_waits_ends_with_the_session() {
        beginSlowly();
        CompletableFuture<Document> commit =
                send("commitTransaction", () -> end("commitTransaction"));

        server.ok("{'killSessions': [" + FIRST.substring("'lsid': ".length()) + "]}");

        assertCode(11601, within(commit));
    }

    @Test
    void a_session_that_ends_leaves_no_transaction_behind() {
        CompletableFuture<Boolean> holder = beginSlowly();

        server.ok("{'endSessions': [" + FIRST.substring("'lsid': ".length()) + "]}");
        assertEquals(1, server.smilodon().transactions().openCount());

        mayEnd.countDown();
        assertTrue(within(holder));
        assertEquals(0, server.smilodon().transactions().openCount());
        assertCode(251, end("commitTransaction"));
        assertEquals(0, count());
    }

    @Test
    void who_waits_ends_with_the_database() {
        beginSlowly();
        CompletableFuture<Document> commit =
                send("commitTransaction", () -> end("commitTransaction"));

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, threads);

        assertCode(91, within(commit));
        mayEnd.countDown();
        within(closing);
    }

    @Test
    void sessions_do_not_wait_for_each_other() {
        beginSlowly();
        String other = FIRST.replace("AQ==", "Ag==");
        server.ok(begin(other, 1, insert(2)));
        server.ok("{'count': 'a', " + FIRST + "}"); // without a number it is in no turn
        server.adminOk(statement(other, 1, "'commitTransaction': 1"));
        assertEquals(1, count());
    }
}
