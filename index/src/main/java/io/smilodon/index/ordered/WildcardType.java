package io.smilodon.index.ordered;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.WildcardKeys;
import io.smilodon.index.key.WildcardScope;
import java.util.Map;
import java.util.Set;

/** The type of the indexes on <code>{"$**": 1}</code> and <code>{"path.$**": 1}</code>. */
public final class WildcardType implements IndexType {

    /** How explain names the part of the keys that holds paths; as MongoDB does. */
    public static final String PATH_FIELD = "$_path";

    private static final String PROJECTION = "wildcardProjection";

    @Override
    public Set<String> optionNames() {
        return Set.of(PROJECTION);
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        if (pattern.length() > 1) {
            throw refused("Compound wildcard indexes are not supported by this release", pattern)
                    .at(location.child("key"));
        }
        Value projection = specification.get(PROJECTION);
        if (projection == Missing.INSTANCE) {
            return Document.EMPTY;
        }
        Location place = location.child(PROJECTION);
        if (!(projection instanceof Document written)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "The field of an index specification has the wrong type",
                            Map.of("field", PROJECTION, "actual", projection.type().alias()))
                    .at(place);
        }
        if (pattern.part(0).path().length() > 1) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The field 'wildcardProjection' is only allowed when 'key' is"
                                    + " {\"$**\": 1}",
                            Map.of("key", pattern))
                    .at(place);
        }
        WildcardScope.parse(written, place);
        return Document.of(PROJECTION, written);
    }

    @Override
    public void check(IndexDefinition definition, Location location) {
        if (definition.options().refusesDuplicates()) {
            throw refused("Index type 'wildcard' does not support the unique option", definition)
                    .at(location.child("unique"));
        }
        if (definition.options().sparse()) {
            throw refused("Index type 'wildcard' does not support the sparse option", definition)
                    .at(location.child("sparse"))
                    .withHint("it holds only the fields that a document has, so it is sparse");
        }
    }

    private static SmilodonException refused(String template, Object about) {
        return new SmilodonException(
                ErrorCode.CANNOT_CREATE_INDEX, template, Map.of("index", about));
    }

    /** Which fields an index of this type holds. */
    public static WildcardScope scope(IndexDefinition definition) {
        return definition.options().ofType().get(PROJECTION) instanceof Document projection
                ? WildcardScope.parse(projection, Location.ROOT.child(PROJECTION))
                : WildcardScope.of(definition.pattern().part(0).path());
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new WildcardKeys(scope(definition), definition.options().collation().order());
    }

    /** The path of the field, then its value. */
    @Override
    public KeyPattern keyPattern(IndexDefinition definition) {
        return KeyPattern.of(KeyPart.ascending(PATH_FIELD), definition.pattern().part(0));
    }
}
