package io.smilodon.index.text.search;

import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexableField;

/** Documents inside documents: their fields are indexed, by a mapping. */
sealed interface DocumentType extends FieldType {

    /** The mapping of what is inside; {@code around} is the one in which this type stands. */
    Mapping mapping(Mapping around);

    @Override
    default void index(String path, Value value, Consumer<IndexableField> fields) {
        // Nothing but documents; whoever walks through them looks inside.
    }

    /** A mapping of its own. */
    record Own(Mapping fields) implements DocumentType {
        @Override
        public Mapping mapping(Mapping around) {
            return fields;
        }
    }

    /** What is found inside of fields that are not named is not named either. */
    record Dynamic() implements DocumentType {
        @Override
        public Mapping mapping(Mapping around) {
            return new Mapping(around.dynamic(), Map.<String, List<FieldType>>of());
        }
    }
}
