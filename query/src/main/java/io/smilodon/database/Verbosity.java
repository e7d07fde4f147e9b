package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Arrays;
import java.util.Map;

/** How much an explanation tells. */
public enum Verbosity {
    /** The plan that would run, and what else was considered. */
    QUERY_PLANNER("queryPlanner"),
    /** Also what running it counted. */
    EXECUTION_STATS("executionStats"),
    /** Also what the rejected plans counted, each as far as it was tried. */
    ALL_PLANS_EXECUTION("allPlansExecution");

    private final String name;

    Verbosity(String name) {
        this.name = name;
    }

    /** Whether the plan is carried out. */
    public boolean isExecuted() {
        return this != QUERY_PLANNER;
    }

    /**
     * Reads MongoDB's name for it.
     *
     * @throws SmilodonException {@code BadValue} for any other text
     */
    public static Verbosity ofName(String name) {
        return Arrays.stream(values())
                .filter(verbosity -> verbosity.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.BAD_VALUE,
                                        "Unknown verbosity of explain",
                                        Map.of(
                                                "actual",
                                                name,
                                                "expected",
                                                "queryPlanner, executionStats or"
                                                        + " allPlansExecution")));
    }
}
