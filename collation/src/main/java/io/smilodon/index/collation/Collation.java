package io.smilodon.index.collation;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.ValueOrder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How strings compare: by their bytes, which is the simple collation, or as the people of a locale
 * expect. Two collations are equal if they compare alike, whatever was left out when they were
 * written. Immutable and thread-safe.
 */
public final class Collation {

    /** By bytes. */
    public static final Collation SIMPLE =
            new Collation(Document.of(Options.LOCALE, new StringValue(Options.SIMPLE)));

    private static final int KEPT_MAX = 1_000;

    /** What users write is read once: a collator takes a while to make. */
    private static final Map<Document, Collation> KEPT = new ConcurrentHashMap<>();

    private final Document document;
    private final boolean isSimple;
    private volatile ValueOrder order;

    private Collation(Document document) {
        this.document = document;
        this.isSimple =
                document.get(Options.LOCALE) instanceof StringValue locale
                        && locale.value().equals(Options.SIMPLE);
        this.order = isSimple ? ValueOrder.ASCENDING : null;
    }

    private Collation(IcuOrder texts) {
        this.document = texts.toDocument();
        this.isSimple = false;
        this.order = ValueOrder.by(texts);
    }

    /**
     * Reads what a user wrote, such as <code>{locale: "fr", strength: 1}</code>.
     *
     * @return empty for an empty document, which names no collation
     * @throws SmilodonException 40414 without a locale, 14 for an option of the wrong type, 2 for a
     *     value or a locale that does not exist, 9 for options of the simple collation, 40415 for
     *     an unknown option, 161 for the version of another ICU
     */
    public static Optional<Collation> parse(Document written, Location location) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Collation known = KEPT.get(written);
        if (known == null) {
            Options options = new Options(written, location);
            known = options.isSimple() ? SIMPLE : new Collation(options.parse());
            if (KEPT.size() >= KEPT_MAX) {
                KEPT.clear();
            }
            KEPT.put(written, known);
        }
        return Optional.of(known);
    }

    /**
     * The collation that {@link #toDocument} described, perhaps when the program had another
     * version of ICU: then it cannot be used, see {@link #order}.
     */
    public static Collation ofStored(Document stored) {
        return stored.equals(SIMPLE.document) ? SIMPLE : new Collation(stored);
    }

    /** Whether strings compare by their bytes. */
    public boolean isSimple() {
        return isSimple;
    }

    /**
     * The order of values under this collation.
     *
     * @throws SmilodonException 161 if it was stored with another version of ICU, whose order may
     *     have been another
     */
    public ValueOrder order() {
        ValueOrder known = order;
        if (known == null) {
            known = ValueOrder.by(new Options(document, Location.ROOT).parse());
            order = known;
        }
        return known;
    }

    /** With every option, and the version of ICU, as listings show it. */
    public Document toDocument() {
        return document;
    }

    /**
     * @throws SmilodonException 2 unless it is this one: an index on {@code _id} has the
     *     collection's
     */
    public void requireForId(Collation ofIndex, Location location) {
        if (!equals(ofIndex)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The _id index must have the same collation as the collection.",
                            Map.of("index", ofIndex.document, "collection", document))
                    .at(location);
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Collation that && document.equals(that.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
