package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.security.scram.ScramMechanism;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The parameters of MongoDB's server that mean something here too. Some can be given another value
 * while the database is open: it counts at once, and until the database is closed. Thread-safe.
 */
public final class Parameters {

    /** How users would be kept; those who dump them ask for it first. */
    private static final int AUTH_SCHEMA = 5;

    private static final OperatorTable<Parameter> TABLE =
            OperatorTable.<Parameter>builder()
                    .add("authSchemaVersion", fixed(instance -> Value.of(AUTH_SCHEMA)))
                    .add(
                            "cursorTimeoutMillis",
                            settable(
                                    instance -> Value.of(instance.cursors().idleMillisMax()),
                                    (instance, value) ->
                                            instance.cursors().setIdleMillisMax(value.from(1))))
                    .add(
                            "featureCompatibilityVersion",
                            fixed(instance -> Document.of("version", Value.of("8.0"))))
                    .add(
                            "internalQueryLegacyDottedPathNullSemantics",
                            settable(
                                    instance ->
                                            Value.of(
                                                    !instance.operations()
                                                            .dialect()
                                                            .elementsLackFields()),
                                    (instance, value) ->
                                            instance.operations()
                                                    .lackFieldsInElements(!value.flag())))
                    .add(
                            "internalQueryMaxBlockingSortMemoryUsageBytes",
                            fixed(
                                    instance ->
                                            Value.of(
                                                    instance.options()
                                                            .operations()
                                                            .memoryBytesMax())))
                    .add(
                            "localLogicalSessionTimeoutMinutes",
                            fixed(
                                    instance ->
                                            Value.of(
                                                    seconds(SessionRegistry.IDLE_MILLIS_MAX) / 60)))
                    .add("maxBSONDepth", fixed(instance -> Value.of(Limits.NESTING_MAX)))
                    .add(
                            "notablescan",
                            settable(
                                    instance -> Value.of(instance.refusesScans()),
                                    (instance, value) -> instance.refuseScans(value.flag())))
                    .add("scramIterationCount", iterations(ScramMechanism.SHA_1))
                    .add("scramSHA256IterationCount", iterations(ScramMechanism.SHA_256))
                    .add(
                            "transactionLifetimeLimitSeconds",
                            fixed(instance -> Value.of(seconds(Limits.TRANSACTION_MILLIS_MAX))))
                    .add(
                            "ttlMonitorEnabled",
                            settable(
                                    instance -> Value.of(instance.ttl().isEnabled()),
                                    (instance, value) -> instance.ttl().enable(value.flag())))
                    .add(
                            "ttlMonitorSleepSecs",
                            settable(
                                    instance -> Value.of(instance.ttl().periodSeconds()),
                                    (instance, value) -> instance.ttl().repeatEvery(value.from(1))))
                    .build();

    private final Instance instance;

    Parameters(Instance instance) {
        this.instance = instance;
    }

    /**
     * A row of the table.
     *
     * @param value what it is now
     * @param change gives it another value; empty if none can be given
     */
    private record Parameter(
            Function<Instance, Value> value, Optional<BiConsumer<Instance, Wanted>> change) {}

    /** The value that somebody wants a parameter to have. */
    private record Wanted(String name, Value value) {

        /** Whether it says yes; a number does unless it is 0. */
        boolean flag() {
            return switch (value) {
                case BooleanValue flag -> flag.value();
                case NumberValue number -> number.toDouble() != 0;
                default -> throw wrongType("bool");
            };
        }

        /** A whole number, which fits into an int, and this at least. */
        int from(int least) {
            if (!(value instanceof NumberValue number)) {
                throw wrongType("number");
            }
            if (number.toDouble() < least || number.toDouble() > Integer.MAX_VALUE) {
                throw new SmilodonException(
                                ErrorCode.BAD_VALUE,
                                "Invalid value for parameter "
                                        + name
                                        + ": it is not within its bounds",
                                Map.of("actual", number, "min", least, "max", Integer.MAX_VALUE))
                        .at(Location.ROOT.child(name));
            }
            return (int) number.toLong();
        }

        private SmilodonException wrongType(String expected) {
            return new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Invalid value for parameter " + name,
                            Map.of("actual", value.type().alias(), "expected", expected))
                    .at(Location.ROOT.child(name));
        }
    }

    private static Parameter fixed(Function<Instance, Value> value) {
        return new Parameter(value, Optional.empty());
    }

    private static Parameter settable(
            Function<Instance, Value> value, BiConsumer<Instance, Wanted> change) {
        return new Parameter(value, Optional.of(change));
    }

    private static Parameter iterations(ScramMechanism mechanism) {
        return settable(
                instance -> Value.of(instance.users().logins().iterations(mechanism)),
                (instance, value) ->
                        instance.users().logins().setIterations(mechanism, value.from(1)));
    }

    private static int seconds(long millis) {
        return (int) TimeUnit.MILLISECONDS.toSeconds(millis);
    }

    /** The names of all, in their order. */
    public Set<String> names() {
        return TABLE.names();
    }

    public boolean has(String name) {
        return TABLE.has(name);
    }

    /** The value of one that there is. */
    public Value get(String name) {
        return TABLE.find(name).orElseThrow().value.apply(instance);
    }

    /** Whether one that there is can be given another value. */
    public boolean isSettable(String name) {
        return TABLE.find(name).orElseThrow().change.isPresent();
    }

    /**
     * Gives one another value.
     *
     * @throws SmilodonException {@code BadValue} for a value that it cannot have
     */
    public void set(String name, Value value) {
        instance.requireOpen();
        TABLE.find(name)
                .flatMap(Parameter::change)
                .orElseThrow()
                .accept(instance, new Wanted(name, value));
    }
}
