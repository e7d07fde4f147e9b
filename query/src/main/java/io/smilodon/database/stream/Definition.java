package io.smilodon.database.stream;

import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/**
 * How a collection came to be, or what of it changed besides its documents, in the form of
 * MongoDB's events.
 *
 * @param description what is new, or what is gone
 * @param before what was there, for {@link Kind#MODIFY}; else empty
 */
public record Definition(Kind kind, Document description, Document before) {

    private static final String DESCRIPTION = "description";
    private static final String BEFORE = "before";
    private static final Document ID_INDEX =
            Document.builder()
                    .put("v", 2)
                    .put("key", Document.of("_id", Value.of(1)))
                    .put("name", "_id_")
                    .build();

    /** What happened. The codes stand in the log. */
    public enum Kind {
        CREATE(1, "create"),
        CREATE_INDEXES(2, "createIndexes"),
        DROP_INDEXES(3, "dropIndexes"),
        MODIFY(4, "modify");

        private final int code;
        private final String text;

        Kind(int code, String text) {
            this.code = code;
            this.text = text;
        }

        int code() {
            return code;
        }

        /** The type of the event. */
        String text() {
            return text;
        }

        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new MalformedBytesException("a definition of kind " + code);
        }
    }

    /**
     * A collection was created.
     *
     * @param options as its creator wrote them
     */
    public static Definition created(Document options) {
        Document description = Document.builder().put("idIndex", ID_INDEX).putAll(options).build();
        return new Definition(Kind.CREATE, description, Document.EMPTY);
    }

    /** Indexes were created or dropped. */
    public static Definition ofIndexes(Kind kind, List<Document> specifications) {
        Document description = Document.of("indexes", ArrayValue.of(specifications));
        return new Definition(kind, description, Document.EMPTY);
    }

    /**
     * A collection has other options, or an index of it has.
     *
     * @param description what changed, and to what
     * @param options the collection's before
     */
    public static Definition modified(Document description, Document options) {
        return new Definition(Kind.MODIFY, description, Document.of("collectionOptions", options));
    }

    /** The same; an index had these options before. */
    public Definition withIndexBefore(Document options) {
        return new Definition(kind, description, before.with("indexOptions", options));
    }

    Document toDocument() {
        Document document = Document.of(DESCRIPTION, description);
        return before.isEmpty() ? document : document.with(BEFORE, before);
    }

    static Definition of(Kind kind, Document stored) {
        return new Definition(kind, part(stored, DESCRIPTION), part(stored, BEFORE));
    }

    private static Document part(Document stored, String name) {
        return stored.get(name) instanceof Document part ? part : Document.EMPTY;
    }
}
