package io.smilodon.database.transfer;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an import does with each document, by the names of MongoDB's mongoimport. */
public enum ImportMode {
    /** It is a new document. */
    INSERT {
        @Override
        Document operation(Document filter, Document document) {
            return Document.of("insertOne", Document.of("document", document));
        }
    },
    /** It replaces the one that agrees with it in some fields, or is new. */
    UPSERT {
        @Override
        Document operation(Document filter, Document document) {
            return Document.of("replaceOne", upsert(filter).with("replacement", document));
        }
    },
    /** Its fields go into the one that agrees with it in some, or it is new. */
    MERGE {
        @Override
        Document operation(Document filter, Document document) {
            Document update = Document.of("$set", document);
            return Document.of("updateOne", upsert(filter).with("update", update));
        }
    },
    /** Its fields go into the one that agrees with it in some; there is no new one. */
    UPDATE {
        @Override
        Document operation(Document filter, Document document) {
            Document update = Document.of("$set", document);
            return Document.of("updateOne", Document.of("filter", filter).with("update", update));
        }

        @Override
        boolean createsDocuments() {
            return false;
        }
    },
    /** The one that agrees with it in some fields is deleted. */
    DELETE {
        @Override
        boolean createsDocuments() {
            return false;
        }

        @Override
        Document operation(Document filter, Document document) {
            return Document.of("deleteOne", Document.of("filter", filter));
        }
    };

    private static Document upsert(Document filter) {
        return Document.builder().put("filter", filter).put("upsert", Value.of(true)).build();
    }

    public static Optional<ImportMode> named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Whether a document that agrees with none is a new one. */
    boolean createsDocuments() {
        return true;
    }

    /** The operation of a bulk write. */
    abstract Document operation(Document filter, Document document);
}
