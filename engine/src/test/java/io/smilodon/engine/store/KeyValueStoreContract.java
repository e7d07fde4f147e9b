package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do, wherever it keeps its bytes. */
public abstract class KeyValueStoreContract extends FeedContract {

    @Test
    void a_committed_write_is_read_by_later_snapshots_only() {
        try (Snapshot before = store.snapshot()) {
            put("a", "1");
            try (Snapshot after = store.snapshot()) {
                assertEquals(Optional.empty(), get(before, "a"));
                assertEquals(Optional.of("1"), get(after, "a"));
                assertTrue(after.sequence() > before.sequence());
            }
        }
    }

    @Test
    void a_value_carries_the_version_of_its_commit() {
        long sequence = store.write(new WriteBatch().put(bytes("a"), bytes("1")));
        put("b", "2");
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(sequence, snapshot.get(bytes("a")).orElseThrow().version());
            assertTrue(snapshot.get(bytes("b")).orElseThrow().version() > sequence);
        }
    }

    @Test
    void a_key_is_unchanged_until_it_is_written() {
        long first = store.write(new WriteBatch().put(bytes("a"), bytes("1")));
        long other = store.write(new WriteBatch().put(bytes("b"), bytes("2")));
        try (Snapshot old = store.snapshot();
                Transaction transaction = store.begin()) {
            long second = store.write(new WriteBatch().put(bytes("a"), bytes("3")));
            try (Snapshot snapshot = store.snapshot()) {
                assertFalse(snapshot.isUnchanged(bytes("a"), first));
                assertTrue(snapshot.isUnchanged(bytes("a"), second));
                assertTrue(snapshot.isUnchanged(bytes("b"), other));
            }
            assertFalse(old.isUnchanged(bytes("b"), second), "it does not know that commit");
            assertTrue(transaction.isUnchanged(bytes("b"), other));
            transaction.put(bytes("b"), bytes("4"));
            assertFalse(transaction.isUnchanged(bytes("b"), other));
        }
    }

    @Test
    void a_key_that_was_deleted_has_changed() {
        long first = store.write(new WriteBatch().put(bytes("a"), bytes("1")));
        store.write(new WriteBatch().delete(bytes("a")));
        try (Snapshot snapshot = store.snapshot()) {
            assertFalse(snapshot.isUnchanged(bytes("a"), first));
        }
    }

    @Test
    void a_deleted_key_is_gone() {
        put("a", "1");
        store.write(new WriteBatch().delete(bytes("a")));
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(Optional.empty(), get(snapshot, "a"));
            assertEquals(List.of(), scan(snapshot, KeyRange.all(), Direction.FORWARD));
        }
    }

    @Test
    void a_cursor_goes_both_ways_within_its_range() {
        for (String key : List.of("a", "b", "ba", "c", "d")) {
            put(key, key);
        }
        KeyRange range = new KeyRange(bytes("b"), bytes("d"));
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(List.of("b=b", "ba=ba", "c=c"), scan(snapshot, range, Direction.FORWARD));
            assertEquals(List.of("c=c", "ba=ba", "b=b"), scan(snapshot, range, Direction.BACKWARD));
            assertEquals(
                    List.of("b=b", "ba=ba"),
                    scan(snapshot, KeyRange.prefix(bytes("b")), Direction.FORWARD));
        }
    }

    @Test
    void a_cursor_outlives_its_snapshot_and_sees_no_later_write() {
        put("a", "1");
        KeyCursor cursor;
        try (Snapshot snapshot = store.snapshot()) {
            cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD);
        }
        put("a", "2");
        put("b", "2");
        store.checkpoint();
        try (cursor) {
            assertTrue(cursor.advance());
            assertArrayEquals(bytes("1"), cursor.value());
            assertFalse(cursor.advance());
        }
    }

    @Test
    void a_transaction_reads_its_own_writes_in_both_directions() {
        put("a", "1");
        put("b", "1");
        put("d", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b"), bytes("2"));
            transaction.put(bytes("c"), bytes("2"));
            transaction.delete(bytes("d"));
            transaction.delete(bytes("absent"));
            assertEquals(Optional.of("2"), get(transaction, "b"));
            assertEquals(Optional.empty(), get(transaction, "d"));
            List<String> expected = List.of("a=1", "b=2", "c=2");
            assertEquals(expected, scan(transaction, KeyRange.all(), Direction.FORWARD));
            List<String> reversed = List.of("c=2", "b=2", "a=1");
            assertEquals(reversed, scan(transaction, KeyRange.all(), Direction.BACKWARD));
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(Optional.of("1"), get(snapshot, "b"), "abandoned");
        }
    }

    @Test
    void the_second_committer_of_a_key_gets_a_conflict_and_changes_nothing() {
        put("a", "0");
        try (Transaction first = store.begin();
                Transaction second = store.begin()) {
            first.put(bytes("a"), bytes("1"));
            second.put(bytes("a"), bytes("2"));
            second.put(bytes("b"), bytes("2"));
            first.commit();
            assertCode(ErrorCode.WRITE_CONFLICT, second::commit);
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(Optional.of("1"), get(snapshot, "a"));
            assertEquals(Optional.empty(), get(snapshot, "b"));
        }
    }

    @Test
    void a_conflict_is_found_after_a_checkpoint_too() {
        try (Transaction late = store.begin()) {
            late.put(bytes("a"), bytes("late"));
            put("a", "1");
            store.checkpoint();
            assertCode(ErrorCode.WRITE_CONFLICT, late::commit);
        }
    }

    @Test
    void writers_of_different_keys_do_not_conflict() {
        try (Transaction first = store.begin();
                Transaction second = store.begin()) {
            first.put(bytes("a"), bytes("1"));
            second.put(bytes("b"), bytes("2"));
            assertTrue(first.commit() < second.commit());
        }
    }

    @Test
    void a_guarded_key_that_changed_fails_the_commit() {
        put("guard", "1");
        try (Transaction transaction = store.begin()) {
            transaction.requireUnchanged(bytes("guard"));
            transaction.put(bytes("a"), bytes("1"));
            put("guard", "2");
            assertCode(ErrorCode.WRITE_CONFLICT, transaction::commit);
        }
    }

    @Test
    void a_guarded_key_that_did_not_change_lets_the_commit_pass() {
        put("guard", "1");
        try (Transaction transaction = store.begin()) {
            transaction.requireUnchanged(bytes("guard"));
            transaction.put(bytes("a"), bytes("1"));
            put("other", "2");
            transaction.commit();
        }
    }

    @Test
    void a_transaction_without_writes_just_ends() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            put("a", "2");
            assertEquals(transaction.snapshotSequence(), transaction.commit());
            assertThrows(IllegalStateException.class, transaction::commit);
        }
    }

    @Test
    void limits_hold_at_the_limit_and_fail_one_past_it() {
        byte[] longest = new byte[Limits.KEY_BYTES_MAX];
        longest[0] = 1;
        byte[] tooLong = new byte[Limits.KEY_BYTES_MAX + 1];
        tooLong[0] = 1;
        byte[] largest = new byte[Limits.VALUE_BYTES_MAX];
        try (Transaction transaction = store.begin()) {
            transaction.put(longest, bytes("1"));
            transaction.put(bytes("large"), largest);
            assertCode(ErrorCode.KEY_TOO_LONG, () -> transaction.put(tooLong, bytes("1")));
            assertCode(
                    ErrorCode.OBJECT_TOO_LARGE,
                    () -> transaction.put(bytes("a"), new byte[Limits.VALUE_BYTES_MAX + 1]));
            assertCode(ErrorCode.BAD_VALUE, () -> transaction.put(new byte[0], bytes("1")));
            assertCode(ErrorCode.BAD_VALUE, () -> transaction.put(new byte[1], bytes("1")));
            transaction.commit();
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertArrayEquals(largest, snapshot.get(bytes("large")).orElseThrow().value());
            assertTrue(snapshot.get(longest).isPresent());
        }
    }

    @Test
    void a_transaction_larger_than_its_limit_is_refused() {
        try (Transaction transaction = store.begin()) {
            int half = Limits.VALUE_BYTES_MAX / 17 * 16;
            for (int index = 0; index < 3; index++) {
                transaction.put(bytes("k" + index), new byte[half]);
            }
            int left = Limits.TRANSACTION_BYTES_MAX - 3 * (half + 2);
            assertCode(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    () -> transaction.put(bytes("k3"), new byte[left - 1]));
            transaction.put(bytes("k3"), new byte[left - 2]);
        }
    }

    @Test
    void everything_is_there_after_reopening() throws Exception {
        put("a", "1");
        put("b", "1");
        store.checkpoint();
        put("b", "2");
        store.write(new WriteBatch().delete(bytes("a")));
        long sequence = store.statistics().sequence();
        store.close();
        store = open();
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(List.of("b=2"), scan(snapshot, KeyRange.all(), Direction.FORWARD));
            assertEquals(sequence, snapshot.get(bytes("b")).orElseThrow().version() + 1);
            assertTrue(snapshot.sequence() >= sequence);
        }
    }

    @Test
    void a_retired_prefix_does_not_disturb_the_others() {
        put("x1", "1");
        put("y1", "1");
        try (Transaction transaction = store.begin()) {
            transaction.retire(bytes("x"));
            transaction.commit();
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(Optional.of("1"), get(snapshot, "y1"));
            assertEquals(Optional.empty(), get(snapshot, "\0\1x"), "the store's own key");
            KeyRange rest = new KeyRange(bytes("y"), new byte[0]);
            assertEquals(List.of("y1=1"), scan(snapshot, rest, Direction.FORWARD));
        }
    }

    @Test
    void a_closed_store_refuses_work() {
        store.close();
        store.close();
        assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, store::snapshot);
        assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, store::begin);
        assertCode(
                ErrorCode.SHUTDOWN_IN_PROGRESS,
                () -> store.write(new WriteBatch().put(bytes("a"), bytes("1"))));
    }

    @Test
    void a_transaction_that_outlives_its_store_is_refused() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a"), bytes("2"));
            put("b", "1");
            store.close();
            assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, transaction::commit);
        }
    }
}
