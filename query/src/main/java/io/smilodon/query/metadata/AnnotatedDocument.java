package io.smilodon.query.metadata;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Iterator;

/**
 * A document together with what is known of it besides its fields: what {@code $meta} reads. Equal
 * to any document with the same fields. Only requests that name {@code $meta} meet such documents.
 * Immutable.
 */
public final class AnnotatedDocument implements Document {

    private final Document document;
    private final Metadata metadata;

    private AnnotatedDocument(Document document, Metadata metadata) {
        this.document = document;
        this.metadata = metadata;
    }

    /** The document with this known of it, and nothing else. */
    public static Document of(Document document, Metadata metadata) {
        Document plain = document instanceof AnnotatedDocument other ? other.document : document;
        return metadata == Metadata.NONE ? plain : new AnnotatedDocument(plain, metadata);
    }

    /** What is known of a document. */
    public static Metadata metadata(Document document) {
        return document instanceof AnnotatedDocument annotated ? annotated.metadata : Metadata.NONE;
    }

    @Override
    public Value get(String name) {
        return document.get(name);
    }

    @Override
    public int size() {
        return document.size();
    }

    @Override
    public boolean isEmpty() {
        return document.isEmpty();
    }

    @Override
    public Iterator<Field> iterator() {
        return document.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return document.equals(other);
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
