package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads update documents. */
final class UpdateParser {

    private UpdateParser() {}

    static Update parse(Value update, UpdateScope scope) {
        Location location = scope.location();
        return switch (update) {
            case Document document ->
                    isOperators(document)
                            ? operators(document, scope)
                            : replacement(document, scope);
            case ArrayValue pipeline -> {
                scope.requireNoArrayFilters(
                        "arrayFilters may not be specified for pipeline-style updates");
                yield PipelineUpdate.parse(pipeline, scope);
            }
            default ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "Update argument must be either an object or an array",
                                    Map.of("actual", update.type().alias()))
                            .at(location);
        };
    }

    private static boolean isOperators(Document document) {
        Iterator<Field> fields = document.iterator();
        return fields.hasNext() && fields.next().name().startsWith("$");
    }

    /** Refuses a replacement with a field whose name starts with a dollar sign. */
    static void requireNames(Document document, Location location) {
        for (Field field : document) {
            if (field.name().startsWith("$")) {
                throw new SmilodonException(
                                ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                                "The dollar ($) prefixed field is not allowed in the context of an"
                                        + " update's replacement document",
                                Map.of("field", field.name()))
                        .at(location.child(field.name()))
                        .withHint("begin with the operators, or leave them out");
            }
        }
    }

    private static Replacement replacement(Document document, UpdateScope scope) {
        Location location = scope.location();
        scope.requireNoArrayFilters(
                "arrayFilters may not be specified for replacement-style updates");
        scope.requireNoConstants();
        requireNames(document, location);
        DocumentRules.checkId(document, location);
        return new Replacement(document);
    }

    private static OperatorUpdate operators(Document document, UpdateScope scope) {
        scope.requireNoConstants();
        ArrayFilters filters = scope.parseFilters();
        PathConflicts conflicts = new PathConflicts();
        List<Modification> modifications = new ArrayList<>();
        for (Field operator : document) {
            Location place = scope.location().child(operator.name());
            UpdateOperator row = operator(operator.name(), place);
            for (Field field : fieldsOf(operator, place)) {
                UpdateArgument argument =
                        UpdateArgument.of(field, place.child(field.name()), filters);
                Modification modification = row.parse(argument);
                for (UpdatePath path : modification.paths()) {
                    Optional<String> conflict = conflicts.add(path);
                    if (conflict.isPresent()) {
                        throw conflict(path, conflict.get(), argument.location());
                    }
                }
                modifications.add(modification);
            }
        }
        filters.requireAllUsed();
        return new OperatorUpdate(modifications, conflicts.mayMeet());
    }

    private static SmilodonException conflict(UpdatePath path, String at, Location location) {
        return new SmilodonException(
                        ErrorCode.CONFLICTING_UPDATE_OPERATORS,
                        "Updating the path would create a conflict",
                        Map.of("path", path.dotted(), "conflictAt", at))
                .at(location);
    }

    private static UpdateOperator operator(String name, Location place) {
        return UpdateOperators.TABLE
                .find(name, place)
                .orElseThrow(
                        () ->
                                UpdateOperators.TABLE
                                        .withSuggestion(unknownModifier(name), name)
                                        .at(place));
    }

    private static SmilodonException unknownModifier(String name) {
        return new SmilodonException(
                ErrorCode.FAILED_TO_PARSE,
                "Unknown modifier. Expected a valid update modifier",
                Map.of("modifier", name));
    }

    private static Document fieldsOf(Field operator, Location place) {
        if (operator.value() instanceof Document fields) {
            return fields;
        }
        throw new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "Modifiers operate on fields but we found another type instead",
                        Map.of(
                                "modifier",
                                operator.name(),
                                "actual",
                                operator.value().type().alias()))
                .at(place)
                .withHint("write {" + operator.name() + ": {<field>: ...}}");
    }
}
