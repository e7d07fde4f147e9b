package io.smilodon.database.command;

import io.smilodon.database.command.UserArguments.Naming;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Truth;
import java.util.List;

/**
 * Who is asked about.
 *
 * @param isOfAll all of all databases
 * @param isOfDatabase all of the database that is asked
 * @param names those that are named
 */
record InfoArgument<T>(boolean isOfAll, boolean isOfDatabase, List<T> names) {

    private static final String OF_ALL = "forAllDBs";

    /** Reads 1, {@code {forAllDBs: true}}, a name or several. */
    static <T> InfoArgument<T> parse(Value value, Naming<T> naming) {
        if (value instanceof NumberValue || value instanceof BooleanValue) {
            return new InfoArgument<>(false, true, List.of());
        }
        if (value instanceof Document asked && asked.has(OF_ALL)) {
            boolean isOfAll = Truth.of(asked.get(OF_ALL));
            return new InfoArgument<>(isOfAll, !isOfAll, List.of());
        }
        return new InfoArgument<>(false, false, UserArguments.names(value, Location.ROOT, naming));
    }
}
