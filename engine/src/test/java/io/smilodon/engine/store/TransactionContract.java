package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do with transactions that ask for more than a snapshot. */
abstract class TransactionContract extends StoreFixture {

    private static final TransactionOptions KEYED =
            TransactionOptions.SNAPSHOT.withKey(new IdempotencyKey(bytes("request 1")));

    private Transaction serializable() {
        return store.begin(TransactionOptions.SERIALIZABLE);
    }

    private static void write(Transaction transaction, String key) {
        transaction.put(bytes(key), bytes("w"));
    }

    private static void readFirst(ReadView view, KeyRange range, Direction direction) {
        try (KeyCursor cursor = view.cursor(range, direction)) {
            assertTrue(cursor.advance());
        }
    }

    private String value(String key) {
        try (Snapshot snapshot = store.snapshot()) {
            return get(snapshot, key).orElse("none");
        }
    }

    @Test
    void a_write_to_a_key_that_another_changed_fails_at_once_and_ends_the_transaction() {
        try (Transaction late = store.begin()) {
            put("a", "1");
            assertCode(ErrorCode.WRITE_CONFLICT, () -> late.put(bytes("a"), bytes("2")));
            assertThrows(IllegalStateException.class, late::commit);
        }
        try (Transaction late = store.begin()) {
            put("a", "2");
            assertCode(ErrorCode.WRITE_CONFLICT, () -> late.delete(bytes("a")));
        }
        assertEquals("2", value("a"));
    }

    @Test
    void to_ask_whether_a_key_is_unchanged_is_to_read_it() {
        put("x", "1");
        try (Transaction asking = serializable()) {
            assertTrue(asking.isUnchanged(bytes("x"), asking.snapshotSequence()));
            put("x", "2");
            write(asking, "y");
            assertCode(ErrorCode.WRITE_CONFLICT, asking::commit);
        }
    }

    @Test
    void write_skew_passes_a_snapshot_and_fails_when_serializable() {
        for (Isolation isolation : Isolation.values()) {
            put("x", "on call");
            put("y", "on call");
            TransactionOptions options = new TransactionOptions(isolation, Optional.empty());
            try (Transaction first = store.begin(options);
                    Transaction second = store.begin(options)) {
                assertTrue(get(first, "y").isPresent());
                assertTrue(get(second, "x").isPresent());
                write(first, "x");
                write(second, "y");
                first.commit();
                if (isolation == Isolation.SNAPSHOT) {
                    second.commit();
                } else {
                    assertCode(ErrorCode.WRITE_CONFLICT, second::commit);
                }
            }
        }
    }

    @Test
    void a_key_that_was_absent_counts_as_read() {
        try (Transaction reader = serializable()) {
            assertEquals(Optional.empty(), get(reader, "absent"));
            write(reader, "other");
            put("absent", "1");
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
    }

    @Test
    void a_phantom_in_a_range_fails_a_serializable_commit() {
        put("b1", "1");
        put("b5", "1");
        for (Direction direction : Direction.values()) {
            try (Transaction reader = serializable()) {
                scan(reader, KeyRange.prefix(bytes("b")), direction);
                write(reader, "sum");
                put("b3", direction.name());
                assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
            }
        }
        try (Transaction reader = serializable()) {
            scan(reader, KeyRange.prefix(bytes("b")), Direction.FORWARD);
            write(reader, "sum");
            store.write(new WriteBatch().delete(bytes("b1")));
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
    }

    @Test
    void a_range_counts_only_as_far_as_its_cursor_went() {
        put("b1", "1");
        put("b5", "1");
        KeyRange range = KeyRange.prefix(bytes("b"));
        try (Transaction reader = serializable()) {
            readFirst(reader, range, Direction.FORWARD);
            write(reader, "sum");
            put("b3", "1");
            reader.commit();
        }
        try (Transaction reader = serializable()) {
            readFirst(reader, range, Direction.FORWARD);
            write(reader, "sum");
            put("b0", "1");
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
        try (Transaction reader = serializable()) {
            readFirst(reader, range, Direction.BACKWARD);
            write(reader, "sum");
            put("b4", "1");
            reader.commit();
        }
        try (Transaction reader = serializable()) {
            readFirst(reader, range, Direction.BACKWARD);
            write(reader, "sum");
            put("b6", "1");
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
    }

    @Test
    void a_cursor_that_is_still_open_counts_too() {
        put("b1", "1");
        try (Transaction reader = serializable();
                KeyCursor cursor = reader.cursor(KeyRange.prefix(bytes("b")), Direction.FORWARD)) {
            assertTrue(cursor.advance());
            write(reader, "sum");
            put("b1", "2");
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
    }

    @Test
    void a_read_key_that_was_removed_and_merged_away_fails_the_commit() {
        put("gone", "1");
        store.checkpoint();
        try (Transaction reader = serializable()) {
            assertTrue(get(reader, "gone").isPresent());
            write(reader, "sum");
            store.write(new WriteBatch().delete(bytes("gone")));
            store.checkpoint();
            store.checkpoint();
            assertCode(ErrorCode.WRITE_CONFLICT, reader::commit);
        }
    }

    @Test
    void a_retired_prefix_changes_everything_under_it() {
        put("p1", "1");
        try (Transaction point = serializable();
                Transaction range = serializable();
                Transaction other = serializable();
                Transaction dropper = store.begin()) {
            get(point, "p1");
            scan(range, new KeyRange(bytes("a"), bytes("z")), Direction.FORWARD);
            get(other, "q");
            List.of(point, range, other).forEach(reader -> write(reader, "s" + reader.hashCode()));
            dropper.retire(bytes("p"));
            dropper.commit();
            assertCode(ErrorCode.WRITE_CONFLICT, point::commit);
            assertCode(ErrorCode.WRITE_CONFLICT, range::commit);
            other.commit();
        }
    }

    @Test
    void what_a_transaction_wrote_itself_is_not_a_read() {
        try (Transaction transaction = serializable()) {
            write(transaction, "own");
            assertEquals(Optional.of("w"), get(transaction, "own"));
            put("other", "1");
            transaction.commit();
        }
    }

    /** Fekete, O'Neil and O'Neil, "A read-only transaction anomaly", 2004. */
    @Test
    void a_reader_beside_serializable_writers_sees_a_state_of_their_serial_order() {
        put("checking", "0");
        put("savings", "0");
        try (Transaction withdrawal = serializable();
                Transaction deposit = serializable()) {
            get(withdrawal, "checking");
            get(withdrawal, "savings");
            withdrawal.put(bytes("checking"), bytes("-11"));
            get(deposit, "savings");
            deposit.put(bytes("savings"), bytes("20"));
            deposit.commit();
            try (Transaction reader = serializable()) {
                assertEquals(Optional.of("20"), get(reader, "savings"));
                assertEquals(Optional.of("0"), get(reader, "checking"));
                put("unrelated", "1");
                reader.commit();
            }
            assertCode(ErrorCode.WRITE_CONFLICT, withdrawal::commit);
        }
    }

    @Test
    void a_serializable_transaction_without_writes_never_fails() {
        put("a", "1");
        try (Transaction reader = serializable()) {
            assertEquals(Optional.of("1"), get(reader, "a"));
            put("a", "2");
            assertEquals(reader.snapshotSequence(), reader.commit());
        }
    }

    @Test
    void a_key_lets_a_transaction_take_effect_once() {
        long sequence;
        try (Transaction first = store.begin(KEYED)) {
            assertEquals(Optional.empty(), first.earlierOutcome());
            first.put(bytes("a"), bytes("1"));
            first.keepResult(bytes("done"));
            sequence = first.commit();
        }
        try (Transaction again = store.begin(KEYED)) {
            CommittedOutcome outcome = again.earlierOutcome().orElseThrow();
            assertEquals(new CommittedOutcome(sequence, bytes("done")), outcome);
            again.put(bytes("a"), bytes("2"));
            again.put(bytes("b"), bytes("2"));
            assertEquals(sequence, again.commit());
        }
        assertEquals("1", value("a"));
        assertEquals("none", value("b"));
    }

    @Test
    void of_two_transactions_with_one_key_one_takes_effect() {
        try (Transaction first = store.begin(KEYED);
                Transaction second = store.begin(KEYED)) {
            first.put(bytes("a"), bytes("1"));
            second.put(bytes("b"), bytes("2"));
            long sequence = first.commit();
            assertEquals(sequence, second.commit());
            assertEquals(sequence, second.earlierOutcome().orElseThrow().sequence());
        }
        assertEquals("1", value("a"));
        assertEquals("none", value("b"));
    }

    @Test
    void an_outcome_is_there_after_checkpoint_and_reopening_even_if_nothing_was_written()
            throws Exception {
        IdempotencyKey key = KEYED.key().orElseThrow();
        assertEquals(Optional.empty(), store.outcome(key));
        long sequence;
        try (Transaction first = store.begin(KEYED)) {
            first.keepResult(bytes("nothing to do"));
            sequence = first.commit();
        }
        store.checkpoint();
        store.close();
        store = open();
        CommittedOutcome outcome = store.outcome(key).orElseThrow();
        assertEquals(sequence, outcome.sequence());
        assertArrayEquals(bytes("nothing to do"), outcome.result());
    }

    @Test
    void an_abandoned_transaction_leaves_no_outcome() {
        try (Transaction abandoned = store.begin(KEYED)) {
            abandoned.put(bytes("a"), bytes("1"));
        }
        assertEquals(Optional.empty(), store.outcome(KEYED.key().orElseThrow()));
    }

    @Test
    void the_sizes_of_key_and_result_are_limited() {
        int most = Limits.IDEMPOTENCY_KEY_BYTES_MAX;
        assertCode(ErrorCode.BAD_VALUE, () -> new IdempotencyKey(new byte[0]));
        assertCode(ErrorCode.BAD_VALUE, () -> new IdempotencyKey(new byte[most + 1]));
        TransactionOptions options =
                TransactionOptions.SERIALIZABLE.withKey(new IdempotencyKey(new byte[most]));
        int largest = Limits.IDEMPOTENT_RESULT_BYTES_MAX;
        try (Transaction transaction = store.begin(options)) {
            assertCode(
                    ErrorCode.OBJECT_TOO_LARGE,
                    () -> transaction.keepResult(new byte[largest + 1]));
            transaction.keepResult(new byte[largest]);
            transaction.commit();
        }
        try (Transaction unnamed = store.begin()) {
            assertThrows(IllegalStateException.class, () -> unnamed.keepResult(bytes("1")));
        }
    }
}
