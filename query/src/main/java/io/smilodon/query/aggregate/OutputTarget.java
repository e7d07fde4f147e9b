package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import java.util.Map;
import java.util.Optional;

/**
 * Where the result of a pipeline goes.
 *
 * @param database its name; empty for that of the pipeline
 * @param collection its name
 */
public record OutputTarget(Optional<String> database, String collection) {

    private static final String DB = "db";
    private static final String COLL = "coll";

    /** Reads the name of a collection. */
    static OutputTarget named(String collection) {
        return new OutputTarget(Optional.empty(), collection);
    }

    /** Reads {@code {db, coll}}. */
    static OutputTarget parse(Document written, StageOperand operand) {
        Optional<String> database = Optional.empty();
        Optional<String> collection = Optional.empty();
        for (Field field : written) {
            StageOperand place = operand.child(field.name(), field.value());
            switch (field.name()) {
                case DB -> database = Optional.of(name(place));
                case COLL -> collection = Optional.of(name(place));
                default ->
                        throw new SmilodonException(
                                        ErrorCode.location(40415),
                                        "BSON field is an unknown field",
                                        Map.of("field", field.name()))
                                .at(place.location());
            }
        }
        if (collection.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.location(40414),
                            "BSON field 'coll' is missing but a required field")
                    .at(operand.location());
        }
        return new OutputTarget(database, collection.get());
    }

    private static String name(StageOperand place) {
        if (place.value() instanceof StringValue name) {
            return name.value();
        }
        throw place.error(ErrorCode.TYPE_MISMATCH, "the name of a target must be a string");
    }
}
