package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits that wait until they are let go on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommitHoldTest {

    private static final int WRITERS = 4;
    private static final int ROUNDS = 20;

    private static EmbeddedStore open(SyncMode mode) {
        return EmbeddedStore.open(
                new MemoryDirectory(), StorageOptions.DEFAULTS.withSyncMode(mode));
    }

    private static WriteBatch batch(int key) {
        return new WriteBatch().put(new byte[] {'k', (byte) key}, new byte[] {1});
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void a_commit_waits_until_it_is_let_go_on(SyncMode mode) {
        try (EmbeddedStore store = open(mode)) {
            store.write(batch(1));
            store.holdCommits(Thread::yield);
            CompletableFuture<Long> waiting =
                    CompletableFuture.supplyAsync(() -> store.write(batch(2)));
            assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
            store.checkpoint(); // goes on, as reading does
            try (Snapshot snapshot = store.snapshot()) {
                assertTrue(snapshot.get(new byte[] {'k', 1}).isPresent());
                assertFalse(snapshot.get(new byte[] {'k', 2}).isPresent());
            }
            store.releaseCommits();
            assertTrue(waiting.join() > 0);
        }
    }

    /** Whoever commits while others hold and release never gets in between. */
    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void nothing_is_committed_while_commits_are_held(SyncMode mode) {
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        try (EmbeddedStore store = open(mode)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int key = writer;
                writers.add(CompletableFuture.runAsync(() -> writeUntil(isOver, store, key)));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    store.holdCommits(Thread::yield);
                    long held = store.newest().sequence();
                    store.checkpoint();
                    assertEquals(held, store.newest().sequence());
                    store.releaseCommits();
                }
            } finally {
                isOver.set(true);
            }
            writers.forEach(CompletableFuture::join);
        }
    }

    private static void writeUntil(AtomicBoolean isOver, EmbeddedStore store, int key) {
        while (!isOver.get()) {
            store.write(batch(key));
        }
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void who_waits_can_give_up(SyncMode mode) {
        try (EmbeddedStore store = open(mode)) {
            store.holdCommits(
                    () -> {
                        throw new IllegalStateException("given up");
                    });
            assertThrows(IllegalStateException.class, () -> store.write(batch(1)));
            store.releaseCommits();
            store.write(batch(2));
            try (Snapshot snapshot = store.snapshot()) {
                assertFalse(snapshot.get(new byte[] {'k', 1}).isPresent());
                assertTrue(snapshot.get(new byte[] {'k', 2}).isPresent());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void closing_ends_the_waiting(SyncMode mode) {
        CompletableFuture<Long> waiting;
        try (EmbeddedStore store = open(mode)) {
            store.holdCommits(Thread::yield);
            waiting = CompletableFuture.supplyAsync(() -> store.write(batch(1)));
            assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        }
        CompletionException ended = assertThrows(CompletionException.class, waiting::join);
        SmilodonException reason = (SmilodonException) ended.getCause();
        assertEquals(ErrorCode.SHUTDOWN_IN_PROGRESS, reason.code());
    }
}
