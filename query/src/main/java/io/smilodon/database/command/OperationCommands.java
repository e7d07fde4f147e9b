package io.smilodon.database.command;

import io.smilodon.database.OperationRegistry;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.SlowOperations;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.Map;

/** The commands that say what is being done, end it, and tell what took long. */
final class OperationCommands {

    private static final String SLOW_MILLIS = "slowms";
    private static final String SAMPLE_RATE = "sampleRate";
    private static final String FILTER = "filter";
    private static final String OWN = "$ownOps";
    private static final List<String> LOGS = List.of("global", "startupWarnings");

    static final Command CURRENT =
            Command.on(Target.ADMIN, Permission.MONITOR, OperationCommands::needCurrent)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "$all", OWN)
                    .takingAnyField()
                    .by(OperationCommands::current);

    static final Command KILL =
            Command.on(Target.ADMIN, Permission.ADMINISTER, OperationCommands::needKill)
                    .required(FieldKind.NUMBER, "op")
                    .by(OperationCommands::kill);

    static final Command LOG =
            Command.on(Target.ADMIN, Permission.MONITOR, Requirement.onServer(Action.GET_LOG))
                    .by(OperationCommands::log);

    static final Command PROFILE =
            Command.on(Target.DATABASE, Permission.ADMINISTER, OperationCommands::needProfile)
                    .optional(FieldKind.NUMBER, SLOW_MILLIS, SAMPLE_RATE)
                    .optional(FieldKind.ANYTHING, FILTER)
                    .by(OperationCommands::profile);

    private OperationCommands() {}

    /** Own requests may be seen by everybody, and ended. */
    private static void needCurrent(Asked asked) {
        if (!asked.flag(OWN)) {
            asked.need(Action.INPROG, Resource.CLUSTER);
        }
    }

    private static void needKill(Asked asked) {
        OperationRegistry operations = asked.context().smilodon().operations();
        boolean isOwn =
                asked.command().get("op") instanceof NumberValue id
                        && operations.running().stream()
                                .filter(operation -> operation.id() == id.toLong())
                                .anyMatch(operation -> operation.isOf(asked.caller()));
        if (!isOwn) {
            asked.need(Action.KILLOP, Resource.CLUSTER);
        }
    }

    /** Who may read the profile may ask what is kept in it. */
    private static void needProfile(Asked asked) {
        boolean isQuestion =
                asked.command().get(asked.name()) instanceof NumberValue level
                        && level.toDouble() == -1
                        && !asked.command().has(SLOW_MILLIS)
                        && !asked.command().has(SAMPLE_RATE)
                        && !asked.command().has(FILTER);
        Resource profile = Resource.collection(asked.database(), "system.profile");
        if (!isQuestion || !asked.may(Action.FIND, profile)) {
            asked.need(Action.ENABLE_PROFILER, asked.databaseItself());
        }
    }

    private static OperationRegistry operations(Invocation invocation) {
        return invocation.context().smilodon().operations();
    }

    /** Any other field is part of a filter. */
    private static Document current(Invocation invocation) {
        Document asked = invocation.body().fields();
        Document filter = asked.without("$all").without(OWN).without("comment");
        Predicate predicate = PredicateParser.parse(filter);
        Caller caller = invocation.context().caller();
        boolean isOwn = !caller.isUnrestricted() && invocation.body().flag(OWN, false);
        List<Document> running =
                operations(invocation).running().stream()
                        .filter(operation -> !isOwn || operation.isOf(caller))
                        .map(RunningOperation::toDocument)
                        .filter(predicate::matches)
                        .toList();
        DocumentBuilder answer = Document.builder().put("inprog", ArrayValue.of(running));
        if (invocation.context().smilodon().writeHold().count() > 0) {
            answer.put("fsyncLock", true)
                    .put("info", "use db.fsyncUnlock() to terminate the fsync write/snapshot lock");
        }
        return answer.build();
    }

    /** An operation that has ended meanwhile is no error, as with MongoDB. */
    private static Document kill(Invocation invocation) {
        operations(invocation).kill(invocation.body().count("op").orElseThrow());
        return Document.of("info", Value.of("attempting to kill op"));
    }

    private static Document profile(Invocation invocation) {
        Body body = invocation.body();
        SlowOperations slow = operations(invocation).slow();
        String database = invocation.context().databaseName();
        Document was = profileSettings(slow, database);
        if (!(invocation.argument() instanceof NumberValue level)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "The level of profiling is a number",
                            Map.of("actual", invocation.argument().type().alias()))
                    .at(Location.ROOT.child(invocation.name()));
        }
        if (body.value(SAMPLE_RATE) instanceof NumberValue rate) {
            slow.setSampleRate(rate.toDouble());
        }
        if (body.has(FILTER)) {
            setFilter(slow, database, body.value(FILTER));
        }
        boolean isLevel = level.toLong() >= 0 && level.toLong() <= SlowOperations.LEVEL_ALL;
        if (isLevel) { // any other number only asks
            slow.setLevel(database, (int) level.toLong());
        }
        if (body.has(SLOW_MILLIS)) {
            slow.setThresholdMillis(body.number(SLOW_MILLIS));
        }
        return was;
    }

    private static Document profileSettings(SlowOperations slow, String database) {
        DocumentBuilder settings =
                Document.builder()
                        .put("was", slow.level(database))
                        .put(SLOW_MILLIS, (int) slow.thresholdMillis())
                        .put(SAMPLE_RATE, slow.sampleRate());
        slow.filter(database).ifPresent(filter -> settings.put(FILTER, filter));
        return settings.build();
    }

    private static void setFilter(SlowOperations slow, String database, Value filter) {
        if (filter instanceof Document wanted) {
            slow.setFilter(database, wanted);
        } else if (filter.equals(Value.of("unset"))) {
            slow.unsetFilter(database);
        } else {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Expected an object or the string 'unset'",
                            Map.of("actual", filter.type().alias()))
                    .at(Location.ROOT.child(FILTER));
        }
    }

    /** The log {@code global} has the requests on all databases that took long, a line each. */
    private static Document log(Invocation invocation) {
        String name = invocation.argument() instanceof StringValue text ? text.value() : "";
        if (name.equals("*")) {
            return Document.of("names", ArrayValue.of(LOGS.stream().map(Value::of).toList()));
        }
        if (!LOGS.contains(name)) {
            throw new SmilodonException(ErrorCode.OPERATION_FAILED, "No log named '" + name + "'")
                    .at(Location.ROOT.child(invocation.name()));
        }
        List<Value> lines =
                name.equals("global")
                        ? operations(invocation).slow().all().stream()
                                .map(entry -> Value.of(line(entry)))
                                .toList()
                        : List.of();
        return Document.builder()
                .put("totalLinesWritten", lines.size())
                .put("log", ArrayValue.of(lines))
                .build();
    }

    private static String line(Document entry) {
        return ExtendedJson.write(entry, JsonMode.RELAXED);
    }
}
