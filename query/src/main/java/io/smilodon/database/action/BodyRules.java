package io.smilodon.database.action;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * Checks a part of a request.
     *
     * @throws SmilodonException 40415 for an unknown field, 40414 for one that is missing, 14 for
     *     one of the wrong type
     */
    public Body check(Document body, Location location) {
        return check(body, location, "");
    }

    /**
     * The same.
     *
     * @param owner what the request is called: texts of errors name fields by it, as {@code
     *     find.filter}
     */
    public Body check(Document body, Location location, String owner) {
        for (Field field : body) {
            FieldKind kind =
                    fields.find(field.name()).orElseThrow(() -> unknown(field, location, owner));
            if (!kind.admits(field.value())) {
                String path = path(owner, location, field.name());
                throw wrongType(path, kind, field.value()).at(location.child(field.name()));
            }
        }
        for (String name : required) {
            if (!body.has(name)) {
                throw new SmilodonException(
                                MISSING_FIELD,
                                "BSON field '"
                                        + path(owner, location, name)
                                        + "' is missing but a required field")
                        .at(location);
            }
        }
        return new Body(body, location);
    }

    private SmilodonException unknown(Field field, Location location, String owner) {
        SmilodonException error =
                new SmilodonException(
                                UNKNOWN_FIELD,
                                "BSON field '"
                                        + path(owner, location, field.name())
                                        + "' is an unknown field.")
                        .at(location.child(field.name()));
        return fields.withSuggestion(error, field.name());
    }

    /** The error of a value that no field of this kind has. */
    public static SmilodonException wrongType(String path, FieldKind kind, Value value) {
        String expected = kind.expected();
        return new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "BSON field '%s' is the wrong type '%s', expected %s"
                        .formatted(
                                path,
                                value.type().alias(),
                                expected.contains(",")
                                        ? "types '[" + expected + "]'"
                                        : "type '" + expected + "'"));
    }

    /** As MongoDB names fields: without positions in lists. */
    private static String path(String owner, Location location, String field) {
        return Stream.concat(
                        Arrays.stream((owner + location.pointer()).split("/"))
                                .filter(step -> !step.isEmpty() && !FieldPath.isIndex(step)),
                        Stream.of(field))
                .collect(Collectors.joining("."));
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
