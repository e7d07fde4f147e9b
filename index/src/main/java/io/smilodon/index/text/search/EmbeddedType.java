package io.smilodon.index.text.search;

import io.smilodon.engine.value.Value;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexableField;

/** Documents inside of documents that are searched each by itself. */
record EmbeddedType(Mapping fields) implements FieldType {

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        // Each document becomes one of Lucene's own; whoever walks through them makes it.
    }
}
