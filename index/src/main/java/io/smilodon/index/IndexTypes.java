package io.smilodon.index;

import io.smilodon.index.ordered.OrderedIndexMaintainer;
import java.util.Map;
import java.util.function.BiFunction;

/** Every kind of index, by the name under which definitions ask for it. */
public final class IndexTypes {

    /** Entries in the order of the indexed values. */
    public static final String ORDERED = "ordered";

    private static final Map<String, BiFunction<IndexDefinition, String, IndexMaintainer>> TABLE =
            Map.of(ORDERED, OrderedIndexMaintainer::new);

    private IndexTypes() {}

    /**
     * The maintainer of an index.
     *
     * @param definition with its id
     * @param namespace database and collection, as errors name them: {@code shop.orders}
     */
    public static IndexMaintainer maintainer(IndexDefinition definition, String namespace) {
        return TABLE.get(definition.type()).apply(definition, namespace);
    }
}
