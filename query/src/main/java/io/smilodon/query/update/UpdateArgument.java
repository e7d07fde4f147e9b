package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One field of an operator: {@code {$inc: {path: value}}}.
 *
 * @param path the field to change
 * @param value the operand
 * @param location where it stands in the request
 */
record UpdateArgument(UpdatePath path, Value value, Location location) {

    static UpdateArgument of(Field field, Location location, ArrayFilters filters) {
        UpdatePath path = UpdatePath.parse(field.name(), location, filters);
        return new UpdateArgument(path, field.value(), location);
    }

    /** An error about the operand. */
    SmilodonException error(ErrorCode code, String template) {
        return error(code, template, Map.of("actual", value.type().alias()));
    }

    /** An error about the operand, with its path and what else varies. */
    SmilodonException error(ErrorCode code, String template, Map<String, ?> details) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("path", path.dotted());
        all.putAll(details);
        return new SmilodonException(code, template, all).at(location);
    }
}
