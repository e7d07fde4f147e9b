package io.smilodon.database.action;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields the body of a request has. Immutable. */
public final class BodyRules {

    private static final ErrorCode UNKNOWN_FIELD = ErrorCode.location(40415);
    private static final ErrorCode MISSING_FIELD = ErrorCode.location(40414);

    private final OperatorTable<FieldKind> fields;
    private final List<String> required;

    private BodyRules(OperatorTable<FieldKind> fields, List<String> required) {
        this.fields = fields;
        this.required = List.copyOf(required);
    }

    /** Every body may have a comment. */
    public static Builder builder() {
        return new Builder().optional(FieldKind.ANYTHING, "comment");
    }

    /** The names of all fields. */
    public Set<String> names() {
        return fields.names();
    }

    /** Which values a field may have. */
    public FieldKind kind(String name) {
        return fields.find(name).orElseThrow();
    }

    public boolean isRequired(String name) {
        return required.contains(name);
    }

    /**
     * @throws SmilodonException 40415 for an unknown field, 40414 for one that is missing, 14 for
     *     one of the wrong type
     */
    public Body check(Document body, Location location) {
        for (Field field : body) {
            FieldKind kind = fields.find(field.name()).orElseThrow(() -> unknown(field, location));
            if (!kind.admits(field.value())) {
                throw new SmilodonException(
                                ErrorCode.TYPE_MISMATCH,
                                "A field of the request has the wrong type",
                                Map.of(
                                        "field", field.name(),
                                        "actual", field.value().type().alias(),
                                        "expected", kind.expected()))
                        .at(location.child(field.name()));
            }
        }
        for (String name : required) {
            if (!body.has(name)) {
                throw new SmilodonException(
                                MISSING_FIELD,
                                "A field of the request is missing but a required field",
                                Map.of("field", name))
                        .at(location);
            }
        }
        return new Body(body, location);
    }

    private SmilodonException unknown(Field field, Location location) {
        SmilodonException error =
                new SmilodonException(
                                UNKNOWN_FIELD,
                                "A field of the request is an unknown field",
                                Map.of("field", field.name()))
                        .at(location.child(field.name()));
        return fields.withSuggestion(error, field.name());
    }

    /** Collects the fields. */
    public static final class Builder {

        private final OperatorTable.Builder<FieldKind> fields = OperatorTable.builder();
        private final List<String> required = new ArrayList<>();

        private Builder() {}

        public Builder required(FieldKind kind, String name) {
            required.add(name);
            return optional(kind, name);
        }

        public Builder optional(FieldKind kind, String... names) {
            for (String name : names) {
                fields.add(name, kind);
            }
            return this;
        }

        public BodyRules build() {
            return new BodyRules(fields.build(), required);
        }
    }
}
