package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Admission;
import io.smilodon.database.Json;
import io.smilodon.database.OperationRegistry;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostCommandsTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void what_was_written_is_in_files_after_fsync() {
        server.insertFilms();
        assertTrue(server.smilodon().statistics().store().memtableBytes() > 0);
        assertEquals("{'numFiles':1}", Json.text(server.adminOk("{'fsync': 1}")));
        assertEquals(0, server.smilodon().statistics().store().memtableBytes());
        server.fails(13, "{'fsync': 1}");
    }

    @Test
    void writes_wait_until_they_are_unlocked_as_often_as_locked() throws Exception {
        server.insertFilms();
        server.ok("{'profile': 2}");
        Document locked = server.adminOk("{'fsync': 1, 'lock': true}");
        assertEquals(1, number(locked, "lockCount"));
        assertTrue(locked.has("info") && locked.has("seeAlso"));
        assertEquals(2, number(server.adminOk("{'fsync': 1, 'lock': 1}"), "lockCount"));
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(
                        () -> server.run("{'insert': 'films', 'documents': [{'_id': 9}]}"));
        assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        assertEquals(3, number(server.ok("{'count': 'films'}"), "n"));
        assertTrue(server.adminOk("{'currentOp': 1}").has("fsyncLock"));
        Document unlocked = server.adminOk("{'fsyncUnlock': 1}");
        assertEquals("{'info':'fsyncUnlockcompleted','lockCount':1}", Json.text(unlocked));
        assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        assertEquals(0, number(server.adminOk("{'fsyncUnlock': 1}"), "lockCount"));
        assertEquals(1, number(waiting.get(20, TimeUnit.SECONDS), "n"));
        assertFalse(server.adminOk("{'currentOp': 1}").has("fsyncLock"));
        server.adminFails(20, "{'fsyncUnlock': 1}");
    }

    @Test
    void a_write_that_waits_can_be_ended() {
        server.insertFilms();
        server.adminOk("{'fsync': 1, 'lock': true}");
        server.fails(50, "{'insert': 'films', 'documents': [{'_id': 8}], 'maxTimeMS': 30}");
        server.fails(
                50,
                "{'update': 'films', 'updates': [{'q': {}, 'u': {'$set': {'a': 1}}}],"
                        + " 'maxTimeMS': 30}");
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(
                        () -> server.run("{'insert': 'films', 'documents': [{'_id': 9}]}"));
        OperationRegistry operations = server.smilodon().operations();
        Await.until("it runs", () -> !operations.running().isEmpty());
        assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        operations.running().forEach(operation -> operations.kill(operation.id()));
        assertCode(11601, waiting.join());
        server.adminOk("{'fsyncUnlock': 1}");
        assertEquals(3, number(server.ok("{'count': 'films'}"), "n"));
        assertEquals(0, number(server.ok("{'count': 'films', 'query': {'a': 1}}"), "n"));
    }

    /** More writers than are carried out at a time. */
    @Test
    void others_read_while_many_wait_to_write() throws Exception {
        server.insertFilms();
        server.adminOk("{'fsync': 1, 'lock': true}");
        Admission admission = server.smilodon().admission();
        int count = Admission.RUNNING_MAX + 44;
        List<Future<Document>> writers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                String insert =
                        "{'insert': 'films', 'documents': [{'_id': %d}]}".formatted(100 + i);
                writers.add(clients.submit(() -> admission.admit(() -> server.run(insert))));
            }
            Await.until("all run", () -> server.smilodon().operations().running().size() >= count);
            Document found = admission.admit(() -> server.ok("{'count': 'films'}"));
            assertEquals(3, number(found, "n"));
            server.adminOk("{'fsyncUnlock': 1}");
            for (Future<Document> each : writers) {
                assertEquals(1, number(each.get(), "n"));
            }
        }
    }

    @Test
    void closing_unlocks() {
        server.adminOk("{'fsync': 1, 'lock': true}");
        CompletableFuture<Document> waiting =
                CompletableFuture.supplyAsync(
                        () -> server.run("{'insert': 'films', 'documents': [{'_id': 9}]}"));
        assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        server.close();
        assertTrue(waiting.join().has("ok"));
    }

    @Test
    void a_server_is_asked_to_end() {
        AtomicInteger asked = new AtomicInteger();
        server.adminFails(115, "{'shutdown': 1}");
        server.smilodon().server().onStopRequest(asked::incrementAndGet);
        server.adminOk("{'shutdown': 1, 'force': true, 'timeoutSecs': 5}");
        assertEquals(1, asked.get());
        server.fails(13, "{'shutdown': 1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.7:5", "[fe80::1]:5", "1270.0.0.1:5", "127:5"})
    void nobody_else_than_this_machine_ends_it(String client) {
        server.smilodon().server().onStopRequest(Assertions::unreachable);
        assertCode(13, shutDown(client));
    }

    private Document shutDown(String client) {
        return Commands.run(
                server.context("admin").withClient(client), Json.doc("{'shutdown': 1}"));
    }

    /** What must not happen. */
    private static final class Assertions {

        private static void unreachable() {
            throw new AssertionError("it has been asked to end");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "127.0.0.1:5", "[::1]:5", "0:0:0:0:0:0:0:1:5", "[0:0:0:0:0:0:0:1]:5"})
    void this_machine_may_end_it(String client) {
        AtomicInteger asked = new AtomicInteger();
        server.smilodon().server().onStopRequest(asked::incrementAndGet);
        CommandServer.withoutOk(shutDown(client));
        assertEquals(1, asked.get());
    }
}
