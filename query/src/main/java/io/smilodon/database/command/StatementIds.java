package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which numbers the statements of a write that may come again are known: their positions, or
 * those that its sender gives them, who may then send them again in other company.
 *
 * @param first that of the first statement, the others follow; empty where each has its own
 * @param each that of each statement; empty where they follow the first
 * @param isGiven whether the sender gives them
 */
record StatementIds(long first, List<Long> each, boolean isGiven) {

    static final String ONE = "stmtId";
    static final String ALL = "stmtIds";

    /**
     * Those of a command.
     *
     * @param count of its statements
     * @throws SmilodonException {@code InvalidLength} or {@code InvalidOptions}, also where they
     *     say nothing because the command does not come again
     */
    static StatementIds of(Invocation invocation, int count) {
        boolean hasOne = invocation.general().has(ONE);
        boolean hasAll = invocation.body().has(ALL);
        List<Long> each = each(invocation.body().value(ALL));
        if (hasAll && each.size() != count) {
            throw new SmilodonException(
                            ErrorCode.INVALID_LENGTH,
                            "Number of statement ids must match the number of batch entries",
                            Map.of("ids", each.size(), "entries", count))
                    .at(Location.ROOT.child(ALL));
        }
        if (hasAll && hasOne) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "May not specify both stmtId and stmtIds in write command")
                    .at(Location.ROOT.child(ALL));
        }
        return new StatementIds(invocation.general().number(ONE), each, hasOne || hasAll);
    }

    private static List<Long> each(Value written) {
        List<Long> each = new ArrayList<>();
        if (written instanceof ArrayValue ids) {
            for (Value id : ids) {
                each.add(number(id, Location.ROOT.child(ALL).child(each.size())));
            }
        }
        return List.copyOf(each);
    }

    private static long number(Value id, Location place) {
        if (id instanceof NumberValue number && number.isIntegral()) {
            return number.toLong();
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Statement ids are whole numbers",
                        Map.of("actual", id.type().alias(), "expected", "int"))
                .at(place);
    }

    /** That of the statement at a position; empty for one that is not to be known again. */
    Optional<Long> at(int position) {
        long id = each.isEmpty() ? first + position : each.get(position);
        return id < 0 ? Optional.empty() : Optional.of(id);
    }
}
