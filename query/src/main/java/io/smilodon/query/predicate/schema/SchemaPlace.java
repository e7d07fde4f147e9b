package io.smilodon.query.predicate.schema;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Where in a schema the parser is, how deep, and how much it has met. Not thread-safe. */
final class SchemaPlace {

    /** Schemas inside each other. */
    static final int NESTING_MAX = 100;

    /** Schemas, keywords and names in all: what a document is asked. */
    static final int PARTS_MAX = 10_000;

    private final Location location;
    private final int depth;
    private final Count parts;

    private SchemaPlace(Location location, int depth, Count parts) {
        this.location = location;
        this.depth = depth;
        this.parts = parts;
    }

    private static final class Count {

        private int value;
    }

    static SchemaPlace root(Location location) {
        return new SchemaPlace(location, 1, new Count());
    }

    SchemaPlace child(String name) {
        return new SchemaPlace(location.child(name), depth, parts);
    }

    SchemaPlace child(int index) {
        return new SchemaPlace(location.child(index), depth, parts);
    }

    /** The place of a schema inside this one. */
    SchemaPlace nested() {
        if (depth == NESTING_MAX) {
            throw invalid("schema is nested too deeply", Map.of("max", NESTING_MAX));
        }
        return new SchemaPlace(location, depth + 1, parts);
    }

    /** Counts one schema, keyword or name against the limit. */
    void count() {
        parts.value++;
        if (parts.value > PARTS_MAX) {
            throw invalid("schema has too many parts", Map.of("max", PARTS_MAX));
        }
    }

    SmilodonException invalid(String template) {
        return invalid(template, Map.of());
    }

    SmilodonException invalid(String template, Map<String, ?> details) {
        return error(ErrorCode.FAILED_TO_PARSE, template, details);
    }

    SmilodonException wrongType(String template, Value actual) {
        return error(ErrorCode.TYPE_MISMATCH, template, Map.of("type", actual.type().alias()));
    }

    SmilodonException error(ErrorCode code, String template, Map<String, ?> details) {
        return located(new SmilodonException(code, template, details));
    }

    /** The same error, found here. */
    SmilodonException located(SmilodonException error) {
        return error.at(location);
    }
}
