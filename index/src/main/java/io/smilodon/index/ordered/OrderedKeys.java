package io.smilodon.index.ordered;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.text.TextIndex;
import io.smilodon.index.text.TextKeys;

/** What stands in the entries of an index that are in order. */
public final class OrderedKeys {

    private OrderedKeys() {}

    /** Says which keys a document has in the index. */
    public static DocumentKeys of(IndexDefinition definition) {
        IndexOptions options = definition.options();
        return definition.pattern().kind() == PartKind.TEXT
                ? new TextKeys(definition)
                : new KeyExtractor(definition.pattern(), options.sparse(), options.collation());
    }

    /** The parts of the index's keys. */
    public static KeyPattern pattern(IndexDefinition definition) {
        return definition.pattern().kind() == PartKind.TEXT
                ? TextIndex.of(definition).entries()
                : definition.pattern();
    }
}
