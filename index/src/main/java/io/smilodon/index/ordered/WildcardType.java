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

/**
 * The type of the indexes with a field <code>"$**"</code> or <code>"path.$**"</code>, alone or
 * among others.
 */
public final class WildcardType implements IndexType {

    /** How explain names the part of the keys that holds paths; as MongoDB does. */
    public static final String PATH_FIELD = "$_path";

    private static final String PROJECTION = "wildcardProjection";

    @Override
    public Set<String> optionNames() {
        return Set.of(PROJECTION);
    }

    @Override
    public ErrorCode misplacedOption() {
        return ErrorCode.BAD_VALUE;
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        Value projection = specification.get(PROJECTION);
        boolean isOfAll = wildcard(pattern).path().length() == 1;
        if (projection == Missing.INSTANCE) {
            if (isOfAll && pattern.length() > 1) {
                throw refused(
                                "Compound wildcard indexes on all fields must also specify"
                                        + " 'wildcardProjection' option",
                                pattern)
                        .at(location.child("key"))
                        .withHint("exclude the other fields of the index, or include some");
            }
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
        if (!isOfAll) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The field 'wildcardProjection' is only allowed when 'key' has '$**'",
                            Map.of("key", pattern))
                    .at(place);
        }
        WildcardScope.parse(written, pattern, place);
        return Document.of(PROJECTION, written);
    }

    private static KeyPart wildcard(KeyPattern pattern) {
        return pattern.part(pattern.wildcard().orElseThrow());
    }

    @Override
    public void check(IndexDefinition definition, Location location) {
        if (definition.options().refusesDuplicates()) {
            throw refused(
                            "Index type 'wildcard' does not support the unique option",
                            about(definition))
                    .at(location.child("unique"));
        }
        if (definition.options().sparse()) {
            throw refused(
                            "Index type 'wildcard' does not support the sparse option",
                            about(definition))
                    .at(location.child("sparse"))
                    .withHint("it holds only the fields that a document has, so it is sparse");
        }
    }

    private static Document about(IndexDefinition definition) {
        return definition.pattern().toDocument();
    }

    private static SmilodonException refused(String template, Object about) {
        return new SmilodonException(
                ErrorCode.CANNOT_CREATE_INDEX, template, Map.of("index", about));
    }

    /** Which fields the wildcard of an index of this type holds. */
    public static WildcardScope scope(IndexDefinition definition) {
        KeyPattern pattern = definition.pattern();
        return definition.options().ofType().get(PROJECTION) instanceof Document projection
                ? WildcardScope.parse(projection, pattern, Location.ROOT.child(PROJECTION))
                : WildcardScope.of(wildcard(pattern).path());
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new WildcardKeys(
                definition.pattern(), scope(definition), definition.options().collation().order());
    }

    /** Where the wildcard is, the path of the field, then its value. */
    @Override
    public KeyPattern keyPattern(IndexDefinition definition) {
        KeyPattern pattern = definition.pattern();
        return pattern.with(
                pattern.wildcard().orElseThrow(), KeyPart.ascending(PATH_FIELD), wildcard(pattern));
    }
}
