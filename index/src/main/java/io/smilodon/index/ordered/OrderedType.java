package io.smilodon.index.ordered;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyExtractor;

/** The type of the indexes whose keys are the values of the fields. */
public final class OrderedType implements IndexType {

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return values(definition);
    }

    /** The values of the fields of any index. */
    static KeyExtractor values(IndexDefinition definition) {
        IndexOptions options = definition.options();
        return new KeyExtractor(definition.pattern(), options.sparse(), options.collation());
    }
}
