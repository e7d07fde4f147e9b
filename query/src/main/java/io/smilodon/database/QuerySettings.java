package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * MongoDB's query settings: which indexes finds, pipelines and searches for different values may
 * use, and which of them are refused, by their shape. They stay until they are removed.
 * Thread-safe.
 */
public final class QuerySettings {

    private static final Set<String> INTERNAL = Set.of("admin", "config", "local");
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]*");
    private static final int HASH_CHARS = 64;
    private static final String SETTINGS = "settings";
    private static final String REPRESENTATIVE = "representativeQuery";
    private static final String SHAPE = "debugQueryShape";
    private static final String NAME = "queryShapeHash";

    private final Access access;
    private volatile Map<String, Entry> entries = Map.of();

    /**
     * What is known of one shape.
     *
     * @param stored {@code {settings, representativeQuery?, debugQueryShape?}}
     */
    private record Entry(Document stored, Settled settled) {

        static Entry of(Document stored) {
            return new Entry(stored, Settled.of((Document) stored.get(SETTINGS)));
        }

        long bytes() {
            return DocumentCodec.encode(stored).length;
        }
    }

    QuerySettings(Access access) {
        this.access = access;
    }

    /** Reads what was settled before the database was opened. */
    void load() {
        try (Snapshot snapshot = access.snapshot()) {
            Map<String, Entry> read = new TreeMap<>();
            access.instance()
                    .catalog()
                    .settings(snapshot)
                    .forEach((hash, stored) -> read.put(hash, Entry.of(stored)));
            entries = read;
        }
    }

    /** Whether nothing is settled of any request. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What is settled of a request. */
    Settled of(Namespace namespace, Supplier<RequestShape> asked) {
        if (entries.isEmpty() || isInternal(namespace) || namespace.isSystem()) {
            return Settled.NOTHING;
        }
        RequestShape shape = asked.get();
        Entry entry = shape.isOfOneId() ? null : entries.get(shape.hash());
        return entry == null ? Settled.NOTHING : entry.settled;
    }

    private static boolean isInternal(Namespace namespace) {
        return INTERNAL.contains(namespace.database());
    }

    /**
     * Lays settings over those of a shape.
     *
     * @param representative a request of the shape, as it was written
     * @param settings as MongoDB takes them, {@code indexHints} as an array
     * @return what is settled now: {@code {queryShapeHash, settings, representativeQuery}}
     * @throws SmilodonException 8584900, 8584901, 7746606, 8705200 for requests that cannot have
     *     settings; see {@link Settled#of}; {@code BSONObjectTooLarge} if all settings together are
     *     larger than a document may be
     */
    public Document set(RequestShape shape, Document representative, Document settings) {
        if (isInternal(shape.namespace())) {
            throw refused(8584900, "setQuerySettings command cannot be used on internal databases");
        }
        if (shape.namespace().isSystem()) {
            throw refused(8584901, "setQuerySettings command cannot be used on system collections");
        }
        if (shape.isOfOneId()) {
            throw refused(
                    7746606,
                    "setQuerySettings command cannot be used on find queries eligible for IDHACK");
        }
        Document about =
                Document.builder()
                        .put(REPRESENTATIVE, representative)
                        .put(SHAPE, shape.document())
                        .build();
        return put(shape.hash(), about, settings, shape.systemStage().isPresent());
    }

    private static SmilodonException refused(int code, String text) {
        return new SmilodonException(ErrorCode.location(code), text)
                .at(Location.ROOT.child("setQuerySettings"));
    }

    /** The same of a shape that is known by its hash. */
    public Document set(String hash, Document settings) {
        return put(checked(hash), Document.EMPTY, settings, false);
    }

    /**
     * @param about what else is known of the shape, if nothing is settled yet
     */
    private synchronized Document put(
            String hash, Document about, Document settings, boolean isOfServer) {
        Entry before = entries.get(hash);
        Settled settled =
                Settled.of((before == null ? Settled.NOTHING : before.settled).with(settings));
        if (settled.rejects() && isOfServer) {
            throw refused(
                    8705200, "Setting {reject:true} is forbidden for queries with system stages");
        }
        Document stored =
                (before == null ? about : before.stored.without(SETTINGS))
                        .with(SETTINGS, settled.settings());
        Map<String, Entry> others = new TreeMap<>(entries);
        others.put(hash, new Entry(stored, settled));
        if (others.values().stream().mapToLong(Entry::bytes).sum() > Limits.DOCUMENT_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "cannot modify query settings: the total size exceeds the limit",
                    Map.of("max", Limits.DOCUMENT_BYTES_MAX));
        }
        access.write(
                0,
                transaction -> {
                    access.instance().catalog().putSettings(hash, stored, transaction);
                    return Attempt.commit(hash);
                });
        entries = others;
        return told(hash, stored, false);
    }

    /** Removes what is settled of a shape, if anything is. */
    public synchronized void remove(String hash) {
        Map<String, Entry> others = new TreeMap<>(entries);
        if (others.remove(checked(hash)) == null) {
            return;
        }
        access.write(
                0,
                transaction -> {
                    access.instance().catalog().removeSettings(checked(hash), transaction);
                    return Attempt.commit(hash);
                });
        entries = others;
    }

    private static String checked(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw new SmilodonException(
                    ErrorCode.FAILED_TO_PARSE, "The hash of a query shape is hexadecimal");
        }
        if (hash.length() != HASH_CHARS) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "The hash of a query shape has 64 digits",
                    Map.of("actual", hash.length()));
        }
        return hash.toUpperCase(Locale.ROOT);
    }

    /**
     * All that is settled, by hash.
     *
     * @param withShapes whether the shapes are told too
     */
    List<Document> all(boolean withShapes) {
        List<Document> all = new ArrayList<>();
        entries.forEach((hash, entry) -> all.add(told(hash, entry.stored, withShapes)));
        return all;
    }

    private static Document told(String hash, Document stored, boolean withShape) {
        DocumentBuilder told = Document.builder().put(NAME, hash);
        if (withShape && stored.has(SHAPE)) {
            told.put(SHAPE, stored.get(SHAPE));
        }
        told.put(SETTINGS, stored.get(SETTINGS));
        if (stored.has(REPRESENTATIVE)) {
            told.put(REPRESENTATIVE, stored.get(REPRESENTATIVE));
        }
        return told.build();
    }
}
