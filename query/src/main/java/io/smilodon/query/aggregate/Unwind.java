package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.FieldNames;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$unwind: "$path"}}, {@code {$unwind: {path, includeArrayIndex,
 * preserveNullAndEmptyArrays}}}: a document for each element of an array.
 *
 * @param path the array
 * @param indexPath the field that gets the element's index
 * @param keepsEmpty whether documents without an element stay
 */
record Unwind(FieldPath path, Optional<FieldPath> indexPath, boolean keepsEmpty) implements Stage {

    static Stage parse(StageOperand operand) {
        return switch (operand.value()) {
            case StringValue path -> new Unwind(path(operand, path), Optional.empty(), false);
            case Document options -> parseOptions(options, operand);
            default ->
                    throw operand.error(
                            15981,
                            "expected either a string or an object as specification for $unwind"
                                    + " stage");
        };
    }

    private static Stage parseOptions(Document options, StageOperand operand) {
        Optional<FieldPath> path = Optional.empty();
        Optional<FieldPath> index = Optional.empty();
        boolean keepsEmpty = false;
        for (Field option : options) {
            StageOperand place = operand.child(option.name(), option.value());
            switch (option.name()) {
                case "path" -> path = Optional.of(pathOption(place));
                case "includeArrayIndex" -> index = Optional.of(indexOption(place));
                case "preserveNullAndEmptyArrays" -> keepsEmpty = flag(place);
                default ->
                        throw new SmilodonException(
                                        ErrorCode.location(28811),
                                        "unrecognized option to $unwind stage",
                                        Map.of("option", option.name()))
                                .at(place.location());
            }
        }
        return new Unwind(
                path.orElseThrow(() -> operand.error(28812, "no path specified to $unwind stage")),
                index,
                keepsEmpty);
    }

    private static FieldPath pathOption(StageOperand place) {
        if (place.value() instanceof StringValue path) {
            return path(place, path);
        }
        throw place.error(28808, "expected a string as the path for $unwind stage");
    }

    private static FieldPath path(StageOperand place, StringValue path) {
        if (!path.value().startsWith("$")) {
            throw place.error(28818, "path option to $unwind stage should be prefixed with a '$'");
        }
        return FieldNames.path(path.value().substring(1), place.location());
    }

    private static FieldPath indexOption(StageOperand place) {
        if (!(place.value() instanceof StringValue index) || index.value().isEmpty()) {
            throw place.error(
                    28810, "expected a non-empty string for the includeArrayIndex option");
        }
        if (index.value().startsWith("$")) {
            throw place.error(
                    28822,
                    "includeArrayIndex option to $unwind stage should not be prefixed with a '$'");
        }
        return FieldNames.path(index.value(), place.location());
    }

    private static boolean flag(StageOperand place) {
        if (place.value() instanceof BooleanValue flag) {
            return flag.value();
        }
        throw place.error(28809, "expected a boolean for the preserveNullAndEmptyArrays option");
    }

    @Override
    public String name() {
        return "$unwind";
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new UnwindCursor(input, this);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output.and(NeededFields.of(path));
    }

    @Override
    public boolean letsFilterPass(String field) {
        boolean isIndex = indexPath.isPresent() && indexPath.get().first().equals(field);
        return !isIndex && !path.first().equals(field);
    }

    /** The document with one element in the place of the array, and its index if wanted. */
    Document unwound(Document document, Value element, Value index) {
        return withIndex(Nested.set(document, path, element), index);
    }

    /** The document with the index, if it is wanted. */
    Document withIndex(Document document, Value index) {
        return indexPath.isPresent() ? Nested.set(document, indexPath.get(), index) : document;
    }
}
