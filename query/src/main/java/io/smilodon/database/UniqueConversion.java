package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for documents that share a key of an index which is to become unique. The index refuses new
 * ones already, so that what is found once is all there is. Used once.
 */
final class UniqueConversion {

    private static final ErrorCode CANNOT_CONVERT_INDEX_TO_UNIQUE =
            new ErrorCode(359, "CannotConvertIndexToUnique");

    /** The {@code _id}s that are told, of all groups together. */
    private static final int IDS_MAX = 10_000;

    private final CollectionEntry entry;
    private final IndexEntry index;
    private final ReadView view;
    private final List<Value> violations = new ArrayList<>();
    private final Set<Value> group = new LinkedHashSet<>();
    private Optional<IndexKey> last = Optional.empty();
    private byte[] lastIdKey = {};
    private int idCount;

    UniqueConversion(CollectionEntry entry, IndexEntry index, ReadView view) {
        this.entry = entry;
        this.index = index;
        this.view = view;
    }

    /**
     * Passes if no two documents share a key.
     *
     * @throws SmilodonException 359 with the {@code _id}s of those that do, by key
     */
    void check() {
        try (IndexCursor entries =
                index.maintainer().open(IndexBounds.ALL, Direction.FORWARD, view)) {
            while (idCount < IDS_MAX && entries.advance()) {
                Steps.take();
                add(entries);
            }
        }
        endGroup();
        if (!violations.isEmpty()) {
            throw new SmilodonException(
                    CANNOT_CONVERT_INDEX_TO_UNIQUE,
                    "Cannot convert the index to unique. Please resolve conflicting documents"
                            + " before running collMod again.",
                    Map.of(
                            "index",
                            index.definition().name(),
                            "violations",
                            ArrayValue.of(violations)));
        }
    }

    /** Entries come in order: those of one key stand together. */
    private void add(IndexCursor entries) {
        if (entries.isCut()) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "An index with keys of more than 3000 bytes cannot be made unique",
                            Map.of("index", index.definition().name()))
                    .withHint("create a unique index and drop this one");
        }
        IndexKey key = entries.key();
        byte[] idKey = entries.idKey().clone();
        if (last.isPresent() && isSame(last.get(), key)) {
            addToGroup(lastIdKey);
            addToGroup(idKey);
        } else {
            endGroup();
        }
        last = Optional.of(key);
        lastIdKey = idKey;
    }

    private void addToGroup(byte[] idKey) {
        byte[] stored = view.get(Keyspace.documentOfIdKey(entry.id(), idKey)).orElseThrow().value();
        if (group.add(DocumentCodec.decode(stored).get("_id"))) {
            idCount++;
        }
    }

    private void endGroup() {
        if (group.size() > 1) {
            violations.add(Document.of("ids", ArrayValue.of(List.copyOf(group))));
        }
        group.clear();
    }

    private static boolean isSame(IndexKey left, IndexKey right) {
        for (int part = 0; part < left.values().size(); part++) {
            if (ValueOrder.ASCENDING.compare(left.value(part), right.value(part)) != 0) {
                return false;
            }
        }
        return true;
    }
}
