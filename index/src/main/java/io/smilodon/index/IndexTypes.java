package io.smilodon.index;

import io.smilodon.index.geo.PlaneType;
import io.smilodon.index.geo.SphereType;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.ordered.HashedType;
import io.smilodon.index.ordered.OrderedIndexMaintainer;
import io.smilodon.index.ordered.OrderedType;
import io.smilodon.index.ordered.WildcardType;
import io.smilodon.index.text.TextIndexType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Every type of index, by the kind of field that asks for it. */
public final class IndexTypes {

    private static final Map<PartKind, IndexType> TABLE =
            new EnumMap<>(
                    Map.<PartKind, IndexType>of(
                            PartKind.ORDERED,
                            new OrderedType(),
                            PartKind.HASHED,
                            new HashedType(),
                            PartKind.WILDCARD,
                            new WildcardType(),
                            PartKind.PLANE,
                            new PlaneType(),
                            PartKind.SPHERE,
                            new SphereType(),
                            PartKind.TEXT,
                            new TextIndexType()));

    private IndexTypes() {}

    /** The type of an index with a field of this kind. */
    static IndexType of(PartKind kind) {
        return TABLE.get(kind);
    }

    /** A type that has this option, which others have not. */
    static Optional<IndexType> ofOption(String name) {
        return TABLE.values().stream()
                .filter(type -> type.optionNames().contains(name))
                .findFirst();
    }

    /**
     * The maintainer of an index: the entries of all types are in order.
     *
     * @param definition with its id
     * @param namespace database and collection, as errors name them: {@code shop.orders}
     */
    public static IndexMaintainer maintainer(IndexDefinition definition, String namespace) {
        return new OrderedIndexMaintainer(definition, namespace);
    }
}
