package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.value.Direction;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitWindowTest {

    private static final byte[] READ = {1};
    private static final byte[] OTHER = {2};

    private final ReadSet reads = new ReadSet();
    private final CommitWindow window = new CommitWindow(10, 300);

    CommitWindowTest() {
        reads.add(READ);
    }

    private CommitWindow.Walk walk(CommitWindow.Link from, long sequence) {
        return CommitWindow.walk(reads, from, sequence);
    }

    @Test
    void a_later_commit_of_a_read_key_is_found_and_an_earlier_one_is_not() {
        CommitWindow.Link start = window.watch();
        window.add(Set.of(OTHER), 11);
        assertFalse(walk(start, 10).isChanged());
        window.add(Set.of(READ), 12);
        assertTrue(walk(start, 10).isChanged());
        assertFalse(walk(start, 12).isChanged());
    }

    @Test
    void a_walk_goes_on_where_the_last_one_ended() {
        CommitWindow.Link start = window.watch();
        window.add(Set.of(OTHER), 11);
        CommitWindow.Link reached = walk(start, 10).reached();
        assertEquals(window.newest(), reached);
        window.add(Set.of(READ), 12);
        assertTrue(walk(reached, 10).isChanged());
    }

    @Test
    void a_chain_that_grew_too_large_is_cut_and_says_so() {
        CommitWindow.Link start = window.watch();
        for (int sequence = 11; sequence < 20; sequence++) {
            window.add(Set.of(OTHER), sequence);
        }
        assertTrue(walk(start, 10).isCut());
        CommitWindow.Link late = window.watch();
        window.add(Set.of(OTHER), 20);
        assertFalse(walk(late, 19).isCut());
    }

    @Test
    void commits_that_nobody_watched_leave_a_cut() {
        CommitWindow.Link start = window.watch();
        window.unwatch();
        window.add(Set.of(READ), 11);
        assertTrue(walk(start, 10).isCut());
    }

    @Test
    void beyond_the_window_the_tables_tell() {
        byte[] read = {9, 1};
        byte[] late = {9, 9};
        StorageOptions options = StorageOptions.DEFAULTS;
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), options);
                Transaction unharmed = store.begin(TransactionOptions.SERIALIZABLE);
                Transaction point = store.begin(TransactionOptions.SERIALIZABLE);
                Transaction range = store.begin(TransactionOptions.SERIALIZABLE)) {
            assertEquals(Optional.empty(), unharmed.get(new byte[] {3}));
            unharmed.put(new byte[] {4}, READ);
            assertEquals(Optional.empty(), point.get(read));
            point.put(new byte[] {5}, READ);
            try (KeyCursor cursor = range.cursor(KeyRange.prefix(read), Direction.FORWARD)) {
                assertFalse(cursor.advance());
            }
            range.put(new byte[] {6}, READ);
            store.write(new WriteBatch().put(read, READ));
            for (int round = 0; round < 2; round++) {
                WriteBatch batch = new WriteBatch();
                for (int index = 0; index < 2_500; index++) {
                    byte[] key = new byte[4_000];
                    key[0] = late[0];
                    key[1] = late[1];
                    key[2] = (byte) (index >> 8);
                    key[3] = (byte) index;
                    batch.put(key, OTHER);
                }
                store.write(batch);
            }
            store.checkpoint();
            unharmed.commit();
            assertConflict(point);
            assertConflict(range);
        }
    }

    private static void assertConflict(Transaction transaction) {
        SmilodonException error = assertThrows(SmilodonException.class, transaction::commit);
        assertEquals(ErrorCode.WRITE_CONFLICT, error.code());
    }
}
