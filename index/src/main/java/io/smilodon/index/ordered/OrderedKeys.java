package io.smilodon.index.ordered;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.geo.GeoKeys;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.HashedKeys;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.key.WildcardKeys;
import io.smilodon.index.text.TextIndex;
import io.smilodon.index.text.TextKeys;
import java.util.ArrayList;
import java.util.List;

/** What stands in the entries of an index that are in order. */
public final class OrderedKeys {

    /** How explain names the part of a wildcard index that holds paths; as MongoDB does. */
    public static final String PATH_FIELD = "$_path";

    private OrderedKeys() {}

    /** Says which keys a document has in the index. */
    public static DocumentKeys of(IndexDefinition definition) {
        IndexOptions options = definition.options();
        PartKind kind = definition.pattern().kind();
        if (kind == PartKind.SPHERE || kind == PartKind.PLANE) {
            return new GeoKeys(definition);
        }
        if (kind == PartKind.TEXT) {
            return new TextKeys(definition);
        }
        if (kind == PartKind.WILDCARD) {
            return new WildcardKeys(WildcardType.scope(definition), options.collation().order());
        }
        KeyExtractor values =
                new KeyExtractor(definition.pattern(), options.sparse(), options.collation());
        return kind == PartKind.HASHED ? new HashedKeys(definition.pattern(), values) : values;
    }

    /**
     * The parts of the index's keys: those of its pattern, before a wildcard the path of the field,
     * and words of a text index.
     */
    public static KeyPattern pattern(IndexDefinition definition) {
        if (definition.pattern().kind() == PartKind.TEXT) {
            return TextIndex.of(definition).entries();
        }
        if (definition.pattern().kind() != PartKind.WILDCARD) {
            return definition.pattern();
        }
        List<KeyPart> parts = new ArrayList<>();
        parts.add(KeyPart.ascending(PATH_FIELD));
        parts.addAll(definition.pattern().parts());
        return new KeyPattern(parts);
    }
}
