package io.smilodon.database;

import io.smilodon.database.DatabaseCheckReport.CollectionCount;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.Findings;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.ordered.Disagreement;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.index.ordered.IndexVerifier;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Checks one collection: every document decodes and stands under its {@code _id}, and every index
 * agrees with the documents. Not thread-safe.
 */
final class CollectionCheck implements DocumentSource {

    private final CollectionEntry collection;
    private final ReadView view;
    private final List<KeySpan> unreadable;
    private final Findings findings;
    private long documents;
    private long entries;
    private int indexes;

    /**
     * @param unreadable spans of keys in damaged blocks, which are passed over
     */
    CollectionCheck(
            CollectionEntry collection,
            ReadView view,
            List<KeySpan> unreadable,
            Findings findings) {
        this.collection = collection;
        this.view = view;
        this.unreadable = unreadable;
        this.findings = findings;
    }

    CollectionCount run() {
        String name = collection.namespace().toString();
        try {
            collection.collation().order(); // fails at once if it is of another version
            forEachStored(this::checkDocument);
        } catch (SmilodonException damaged) {
            findings.add(Finding.of(damaged, "").about(name + ": not all documents were read"));
        }
        if (collection.isCapped()) {
            checkOrder(name + " order of insertion");
        }
        for (IndexEntry index : collection.indexes()) {
            if (index.isReady()) {
                indexes++;
                verify(index, name + " index " + index.definition().name());
            }
        }
        return new CollectionCount(collection.namespace(), documents, indexes, entries);
    }

    private void checkDocument(byte[] idKey, byte[] stored) {
        documents++;
        String place = collection.namespace() + " document " + HexFormat.of().formatHex(idKey);
        try {
            Document document = DocumentCodec.decode(stored);
            ValueOrder.hash(document); // looks at every value
            if (!Arrays.equals(collection.idKey(document.get(DocumentRules.ID)), idKey)) {
                findings.add(Finding.damage("", "its _id is not that of its key").about(place));
            }
        } catch (SmilodonException malformed) {
            findings.add(Finding.damage("", malformed.getMessage()).about(place));
        }
    }

    private void checkOrder(String name) {
        try {
            new InsertionOrderCheck(
                            collection.id(),
                            view,
                            line -> findings.add(Finding.damage("", line).about(name)))
                    .run();
        } catch (SmilodonException damaged) {
            findings.add(Finding.of(damaged, "").about(name + ": could not be checked whole"));
        }
    }

    private void verify(IndexEntry index, String name) {
        try {
            IndexVerifier.Verification found =
                    IndexVerifier.verify(
                            index.definition(),
                            index.traits(),
                            FilteredSource.of(index, this),
                            view);
            entries += found.entries();
            for (Disagreement disagreement : found.disagreements()) {
                findings.add(Finding.damage("", disagreement.toString()).about(name));
            }
        } catch (SmilodonException damaged) {
            findings.add(Finding.of(damaged, "").about(name + ": could not be checked whole"));
        }
    }

    @Override
    public void forEach(BiConsumer<byte[], Document> action) {
        forEachStored((idKey, stored) -> action.accept(idKey, DocumentCodec.decode(stored)));
    }

    private void forEachStored(BiConsumer<byte[], byte[]> action) {
        for (KeyRange range : readable(KeyRange.prefix(Keyspace.documents(collection.id())))) {
            try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
                while (cursor.advance()) {
                    action.accept(Keyspace.idKey(cursor.key()), cursor.value());
                }
            }
        }
    }

    /** The range without the spans that cannot be read. */
    private List<KeyRange> readable(KeyRange whole) {
        List<KeyRange> ranges = List.of(whole);
        for (KeySpan span : unreadable) {
            List<KeyRange> left = new ArrayList<>();
            for (KeyRange range : ranges) {
                left.addAll(without(range, span));
            }
            ranges = left;
        }
        return ranges;
    }

    private static List<KeyRange> without(KeyRange range, KeySpan span) {
        byte[] from = Arrays.copyOf(span.after(), span.after().length + 1); // the next key
        boolean endsBefore =
                span.to().length > 0 && Arrays.compareUnsigned(span.to(), range.from()) < 0;
        if (endsBefore || range.isAfter(from)) {
            return List.of(range);
        }
        List<KeyRange> left = new ArrayList<>();
        if (Arrays.compareUnsigned(from, range.from()) > 0) {
            left.add(new KeyRange(range.from(), from));
        }
        if (span.to().length > 0) {
            byte[] next = Arrays.copyOf(span.to(), span.to().length + 1);
            if (!range.isAfter(next)) {
                left.add(new KeyRange(next, range.to()));
            }
        }
        return left;
    }

    @Override
    public Optional<Document> find(byte[] idKey) {
        return view.get(Keyspace.documentOfIdKey(collection.id(), idKey))
                .map(stored -> DocumentCodec.decode(stored.value()));
    }
}
