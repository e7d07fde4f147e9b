package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;

/**
 * {@code {$rename: {source: "target"}}}: both fields go away and the target is made anew with the
 * value of the source; nothing happens if there is no source. Neither may lie in an array.
 */
record Rename(UpdatePath source, UpdatePath target, Location location) implements Modification {

    static Rename parse(UpdateArgument argument) {
        if (!(argument.value() instanceof StringValue to)) {
            throw argument.error(
                    ErrorCode.BAD_VALUE, "The 'to' field for $rename must be a string");
        }
        UpdatePath source = argument.path();
        UpdatePath target = UpdatePath.parse(to.value(), argument.location());
        Map<String, String> details = Map.of("to", to.value());
        if (source.isPositional()) {
            throw argument.error(
                    ErrorCode.BAD_VALUE,
                    "The source field for $rename may not be dynamic",
                    details);
        }
        if (target.isPositional()) {
            throw argument.error(
                    ErrorCode.BAD_VALUE,
                    "The destination field for $rename may not be dynamic",
                    details);
        }
        if (source.equals(target)) {
            throw argument.error(
                    ErrorCode.BAD_VALUE,
                    "The source and target field for $rename must differ",
                    details);
        }
        if (source.isPrefixOf(target) || target.isPrefixOf(source)) {
            throw argument.error(
                    ErrorCode.BAD_VALUE,
                    "The source and target field for $rename must not be on the same path",
                    details);
        }
        return new Rename(source, target, argument.location());
    }

    @Override
    public List<UpdatePath> paths() {
        return List.of(target, source);
    }

    @Override
    public Document apply(Document before, UpdateRun run) {
        Value value = find(before, source, "The source field cannot be an array element");
        if (value == Missing.INSTANCE) {
            return before;
        }
        find(before, target, "The destination field cannot be an array element");
        Document without = change(source, new Unset()).apply(before, run);
        Document cleared = change(target, new Unset()).apply(without, run);
        return change(target, new SetValue(value)).apply(cleared, run);
    }

    private Modification change(UpdatePath path, FieldChange change) {
        return new FieldModification(path, change, location);
    }

    /** The value at the path, which goes through documents only. */
    private Value find(Document document, UpdatePath path, String errorInArray) {
        Value value = document;
        for (PathStep step : path.steps()) {
            switch (value) {
                case Document parent -> value = parent.get(step.text());
                case ArrayValue array ->
                        throw new SmilodonException(
                                        ErrorCode.BAD_VALUE,
                                        errorInArray,
                                        Map.of("path", path.dotted()))
                                .at(location);
                default -> {
                    return Missing.INSTANCE;
                }
            }
        }
        return value;
    }
}
