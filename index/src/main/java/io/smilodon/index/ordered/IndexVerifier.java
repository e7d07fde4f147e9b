package io.smilodon.index.ordered;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.ordered.Disagreement.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks an ordered index against its documents in both directions: every key of every document has
 * its entry, and every entry is a key of its document. Reads everything once; if there are other
 * entries than those of the documents, once more, and for each entry its document. Not thread-safe.
 */
public final class IndexVerifier {

    /** Enough to see what is wrong; an index that is off by more is to be rebuilt anyway. */
    public static final int DISAGREEMENTS_MAX = 100;

    private static final byte[] UNKNOWN_ID = {};

    private final IndexDefinition definition;
    private final OrderedIndexMaintainer maintainer;
    private final List<Disagreement> found = new ArrayList<>();
    private Optional<IndexTraits> stated = Optional.empty();
    private long entries;
    private long wanted;

    private IndexVerifier(IndexDefinition definition) {
        this.definition = definition;
        this.maintainer = new OrderedIndexMaintainer(definition, "");
    }

    /**
     * What is wrong with the index; empty if nothing is.
     *
     * @param documents the documents of the collection as the view has them
     * @return at most {@value #DISAGREEMENTS_MAX}
     */
    public static List<Disagreement> verify(
            IndexDefinition definition, DocumentSource documents, ReadView view) {
        return new IndexVerifier(definition).run(documents, view).disagreements();
    }

    /**
     * What a verification found.
     *
     * @param disagreements at most {@value #DISAGREEMENTS_MAX}
     * @param entries how many entries were read
     */
    public record Verification(List<Disagreement> disagreements, long entries) {}

    /**
     * The same, and whether the traits that the catalog states cover those of the documents: a
     * planner relies on them.
     */
    public static Verification verify(
            IndexDefinition definition,
            IndexTraits stated,
            DocumentSource documents,
            ReadView view) {
        IndexVerifier verifier = new IndexVerifier(definition);
        verifier.stated = Optional.of(stated);
        return verifier.run(documents, view);
    }

    /**
     * The same for some documents and some entries.
     *
     * @param some hands over some documents, but finds any
     */
    public static Verification sample(
            IndexDefinition definition, DocumentSource some, ReadView view, Sample sample) {
        IndexVerifier verifier = new IndexVerifier(definition);
        some.forEach((idKey, document) -> verifier.checkDocument(idKey, document, view));
        KeyRange range = new KeyRange(sample.from(), EntryFormat.range(definition.id()).to());
        verifier.checkEntries(range, some, view, sample.entriesMax());
        return new Verification(List.copyOf(verifier.found), verifier.entries);
    }

    /**
     * Which entries of an index are looked at.
     *
     * @param from the key from which on
     * @param entriesMax how many
     */
    public record Sample(byte[] from, int entriesMax) {}

    /** As many entries as those that were found are no others. */
    private Verification run(DocumentSource documents, ReadView view) {
        documents.forEach((idKey, document) -> checkDocument(idKey, document, view));
        KeyRange all = EntryFormat.range(definition.id());
        entries = count(all, documents, view);
        if (!found.isEmpty() || entries != wanted) {
            entries = 0;
            checkEntries(all, documents, view, Long.MAX_VALUE);
        }
        return new Verification(List.copyOf(found), entries);
    }

    private static long count(KeyRange range, DocumentSource documents, ReadView view) {
        long count = 0;
        try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
            while (cursor.advance()) {
                documents.entryRead();
                count++;
            }
        }
        return count;
    }

    private void checkDocument(byte[] idKey, Document document, ReadView view) {
        OrderedIndexMaintainer.Wanted of = maintainer.wanted(document, idKey);
        wanted += of.entries().size();
        if (stated.isPresent() && !stated.get().containsAll(of.traits())) {
            report(Kind.TRAITS_UNSTATED, idKey, EntryFormat.prefix(definition.id()));
        }
        for (Entry entry : of.entries().values()) {
            Optional<VersionedValue> stored = view.get(entry.key());
            if (stored.isEmpty()) {
                report(Kind.ENTRY_ABSENT, idKey, entry.key());
            } else if (!Arrays.equals(stored.get().value(), entry.value())) {
                report(Kind.ENTRY_DIFFERS, idKey, entry.key());
            }
        }
    }

    private void checkEntries(
            KeyRange range, DocumentSource documents, ReadView view, long entriesMax) {
        EntryReader reader = new EntryReader(definition);
        try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
            while (found.size() < DISAGREEMENTS_MAX && entries < entriesMax && cursor.advance()) {
                entries++;
                checkEntry(cursor, reader, documents);
            }
        }
    }

    private void checkEntry(KeyCursor cursor, EntryReader reader, DocumentSource documents) {
        Optional<byte[]> idKey = readId(cursor, reader);
        if (idKey.isEmpty()) {
            report(Kind.ENTRY_DAMAGED, UNKNOWN_ID, cursor.key());
            return;
        }
        Optional<Document> document = documents.find(idKey.get());
        if (document.isEmpty()) {
            report(Kind.ENTRY_WITHOUT_DOCUMENT, idKey.get(), cursor.key());
            return;
        }
        if (!maintainer.wanted(document.get(), idKey.get()).entries().containsKey(cursor.key())) {
            report(Kind.ENTRY_WITHOUT_KEY, idKey.get(), cursor.key());
        }
    }

    private static Optional<byte[]> readId(KeyCursor entries, EntryReader reader) {
        try {
            reader.read(entries.key(), entries.value());
            return Optional.of(reader.idKey());
        } catch (SmilodonException damaged) {
            return Optional.empty();
        }
    }

    private void report(Kind kind, byte[] idKey, byte[] entryKey) {
        if (found.size() < DISAGREEMENTS_MAX) {
            found.add(new Disagreement(kind, idKey, entryKey));
        }
    }
}
