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
 * {@code {$rename: {source: "target"}}}: the target gets the value of the source, in its place if
 * it is there, and the source goes; nothing happens if there is no source. Neither may lie in an
 * array.
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
        Value value = sourceIn(before);
        if (value == Missing.INSTANCE) {
            // A path that leads through a value without fields is an error, even so.
            return change(source, new Expected()).apply(before, run);
        }
        requireNoArray(before);
        Document set = change(target, new SetValue(value)).apply(before, run);
        return change(source, new Unset()).apply(set, run);
    }

    private Modification change(UpdatePath path, FieldChange change) {
        return new FieldModification(path, change, location);
    }

    /** Changes nothing. */
    private record Expected() implements FieldChange {

        @Override
        public Value apply(Value before, UpdateContext context) {
            return before;
        }

        @Override
        public boolean createsPath() {
            return false;
        }
    }

    private Value sourceIn(Document document) {
        Value value = document;
        boolean isInArray = false;
        for (PathStep step : source.steps()) {
            isInArray |= value instanceof ArrayValue;
            value = step.in(value);
        }
        if (isInArray && value != Missing.INSTANCE) {
            throw inArray("The source field cannot be an array element", source);
        }
        return Open.closed(value);
    }

    private void requireNoArray(Document document) {
        Value value = document;
        for (PathStep step : target.steps()) {
            if (value instanceof ArrayValue) {
                throw inArray("The destination field cannot be an array element", target);
            }
            value = step.in(value);
        }
    }

    private SmilodonException inArray(String text, UpdatePath path) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text, Map.of("path", path.dotted()))
                .at(location);
    }
}
