package io.smilodon.rest.restheart;

import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * The properties of a database or of one of its collections. They are a document of the database's
 * collection {@code _properties}, as RESTHeart stores them: {@code {_id: "_properties"}} for the
 * database, {@code {_id: "_properties.<collection>"}} for a collection. As safe as the database.
 *
 * @param database where
 * @param id the document's {@code _id}
 * @param name what it is called that has them
 */
public record Properties(Database database, Value id, String name) {

    /** The collection that holds them. */
    public static final String COLLECTION = "_properties";

    /** Those of a database. */
    public static Properties of(Database database) {
        return new Properties(database, Value.of(COLLECTION), database.name());
    }

    /** Those of a collection. */
    public static Properties of(Database database, String collection) {
        return new Properties(database, Value.of(COLLECTION + "." + collection), collection);
    }

    /** The name of the collection whose properties have this {@code _id}. */
    public static Optional<String> collectionOf(String id) {
        String prefix = COLLECTION + ".";
        return id.startsWith(prefix)
                ? Optional.of(id.substring(prefix.length()))
                : Optional.empty();
    }

    /** The collection that holds them. */
    public DocumentCollection store() {
        return database.collection(COLLECTION);
    }

    /** The document, whoever asks. */
    public Optional<VersionedDocument> read() {
        return store().findById(id);
    }

    /** The version that is their ETag; 0 if there are none. */
    public long version() {
        return read().map(VersionedDocument::version).orElse(0L);
    }

    /** How they are told: with a name in the place of their {@code _id}. */
    public Document shown(String as) {
        Document stored = read().map(VersionedDocument::document).orElse(Document.EMPTY);
        DocumentBuilder shown = Document.builder().put("_id", as);
        shown.putAll(stored.without("_id"));
        return shown.build();
    }
}
