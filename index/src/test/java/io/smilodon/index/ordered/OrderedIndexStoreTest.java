package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An index in a store that others write to at the same time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedIndexStoreTest {

    private final KeyValueStore store =
            EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS);
    private final OrderedIndexMaintainer index = maintainer(true);

    @AfterEach
    void close() {
        store.close();
    }

    private static OrderedIndexMaintainer maintainer(boolean isUnique) {
        Document specification =
                Document.builder()
                        .put("key", Document.of("a", Value.of(1)))
                        .put("unique", isUnique)
                        .build();
        return new OrderedIndexMaintainer(
                IndexDefinition.parse(specification).withId(9), "shop.orders");
    }

    private static void insert(OrderedIndexMaintainer index, int id, int a, Transaction into) {
        Document document = Document.builder().put("_id", id).put("a", a).build();
        byte[] idKey = KeyCodec.encode(Value.of(id));
        index.update(Optional.empty(), Optional.of(document), idKey, into);
    }

    private static List<Value> ids(
            OrderedIndexMaintainer index, IndexBounds bounds, ReadView view) {
        List<Value> ids = new ArrayList<>();
        try (IndexCursor cursor = index.open(bounds, Direction.FORWARD, view)) {
            while (cursor.advance()) {
                ids.add(KeyCodec.decode(cursor.idKey()));
            }
        }
        return ids;
    }

    /** Both see the key free; the entry that both write decides. */
    @Test
    void two_writers_of_a_unique_key_collide() {
        try (Transaction first = store.begin();
                Transaction second = store.begin()) {
            insert(index, 1, 5, first);
            insert(index, 2, 5, second);
            first.commit();

            SmilodonException conflict = assertThrows(SmilodonException.class, second::commit);
            assertEquals(ErrorCode.WRITE_CONFLICT, conflict.code());
        }
        try (Transaction again = store.begin()) {
            SmilodonException duplicate =
                    assertThrows(SmilodonException.class, () -> insert(index, 2, 5, again));
            assertEquals(ErrorCode.DUPLICATE_KEY, duplicate.code());
        }
    }

    @Test
    void a_transaction_sees_its_own_entries_and_others_do_not() {
        try (Transaction transaction = store.begin();
                Snapshot snapshot = store.snapshot()) {
            insert(index, 1, 5, transaction);

            assertEquals(List.of(Value.of(1)), ids(index, IndexBounds.ALL, transaction));
            assertEquals(List.of(), ids(index, IndexBounds.ALL, snapshot));
            transaction.commit();
            assertEquals(List.of(), ids(index, IndexBounds.ALL, snapshot));
        }
    }

    @Test
    void scans_skip_and_seek_in_a_store_with_segments() {
        OrderedIndexMaintainer plain = maintainer(false);
        try (Transaction transaction = store.begin()) {
            for (int id = 0; id < 2_000; id++) {
                insert(plain, id, id / 10, transaction);
            }
            transaction.commit();
        }
        store.checkpoint();
        IntervalSet wanted =
                IntervalSet.of(
                        Interval.point(Value.of(3)),
                        new Interval(Value.of(150), false, Value.of(151), true));

        try (Snapshot snapshot = store.snapshot()) {
            List<Value> ids = ids(plain, IndexBounds.of(wanted), snapshot);
            assertEquals(20, ids.size());
            assertEquals(Value.of(30), ids.get(0));
            assertEquals(Value.of(1_519), ids.get(19));
        }
    }
}
