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
import java.util.List;
import java.util.Map;

/** The commands that say what is being done, end it, and tell what took long. */
final class OperationCommands {

    private static final String SLOW_MILLIS = "slowms";
    private static final String SAMPLE_RATE = "sampleRate";
    private static final String FILTER = "filter";
    private static final List<String> LOGS = List.of("global", "startupWarnings");

    static final Command CURRENT =
            Command.on(Target.ADMIN, Permission.MONITOR)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "$all", "$ownOps")
                    .takingAnyField()
                    .by(OperationCommands::current);

    static final Command KILL =
            Command.on(Target.ADMIN, Permission.ADMINISTER)
                    .required(FieldKind.NUMBER, "op")
                    .by(OperationCommands::kill);

    static final Command LOG =
            Command.on(Target.ADMIN, Permission.MONITOR).by(OperationCommands::log);

    static final Command PROFILE =
            Command.on(Target.DATABASE, Permission.ADMINISTER)
                    .optional(FieldKind.NUMBER, SLOW_MILLIS, SAMPLE_RATE)
                    .optional(FieldKind.ANYTHING, FILTER)
                    .by(OperationCommands::profile);

    private OperationCommands() {}

    private static OperationRegistry operations(Invocation invocation) {
        return invocation.context().smilodon().operations();
    }

    /** Any other field is part of a filter. */
    private static Document current(Invocation invocation) {
        Document asked = invocation.body().fields();
        Document filter = asked.without("$all").without("$ownOps").without("comment");
        Predicate predicate = PredicateParser.parse(filter);
        List<Document> running =
                operations(invocation).running().stream()
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
