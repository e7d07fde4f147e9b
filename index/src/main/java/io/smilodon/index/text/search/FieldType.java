package io.smilodon.index.text.search;

import io.smilodon.engine.value.Value;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexableField;

/** A type that a field of documents is indexed as. Immutable and thread-safe. */
interface FieldType {

    /**
     * Adds what is indexed of one value.
     *
     * @param value an array only if the type {@link #takesArrays}, a document only if it {@link
     *     #takesDocuments}
     */
    void index(String path, Value value, Consumer<IndexableField> fields);

    /** Whether it takes an array as one value. */
    default boolean takesArrays() {
        return false;
    }

    /** Whether it takes a document as one value. */
    default boolean takesDocuments() {
        return false;
    }
}
