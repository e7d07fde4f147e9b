package io.smilodon.database.command;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.Planning;
import io.smilodon.database.QuerySettings;
import io.smilodon.database.RequestShape;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.ReadOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.plan.Hint;
import io.smilodon.security.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands about what is settled of the shapes of queries. */
final class QuerySettingsCommands {

    private static final String SETTINGS = "settings";
    private static final String HINTS = "indexHints";
    private static final String INDEXES = "allowedIndexes";
    private static final String FRAMEWORK = "queryFramework";
    private static final Set<String> FRAMEWORKS = Set.of("classic", "sbe");

    static final Command SET =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.QUERY_SETTINGS))
                    .required(FieldKind.OBJECT, SETTINGS)
                    .by(QuerySettingsCommands::set);

    static final Command REMOVE =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.QUERY_SETTINGS))
                    .by(QuerySettingsCommands::remove);

    private static final BodyRules SETTINGS_RULES =
            BodyRules.builder()
                    .optional(FieldKind.ANYTHING, HINTS)
                    .optional(FieldKind.STRING, FRAMEWORK)
                    .optional(FieldKind.BOOLEAN, "reject")
                    .build();

    private static final BodyRules HINT_RULES =
            BodyRules.builder()
                    .required(FieldKind.OBJECT, "ns")
                    .required(FieldKind.ARRAY, INDEXES)
                    .build();

    private static final BodyRules NAMESPACE_RULES =
            BodyRules.builder().optional(FieldKind.STRING, "db", "coll").build();

    /** How the shape of one command is found. */
    private interface Shaper {
        RequestShape shape(Invocation command);
    }

    private static final OperatorTable<Shaper> SHAPERS =
            OperatorTable.<Shaper>builder()
                    .add("aggregate", QuerySettingsCommands::ofPipeline)
                    .add("distinct", QuerySettingsCommands::ofDistinct)
                    .add("find", QuerySettingsCommands::ofFind)
                    .build();

    private QuerySettingsCommands() {}

    private static Document set(Invocation invocation) {
        Document settings = settings(invocation.body().document(SETTINGS));
        QuerySettings all = invocation.context().smilodon().querySettings();
        return switch (invocation.argument()) {
            case StringValue hash -> all.set(hash.value(), settings);
            case Document query -> all.set(shape(invocation, query), query, settings);
            default -> throw wrongType(invocation);
        };
    }

    private static Document remove(Invocation invocation) {
        String hash =
                switch (invocation.argument()) {
                    case StringValue text -> text.value();
                    case Document query -> shape(invocation, query).hash();
                    default -> throw wrongType(invocation);
                };
        invocation.context().smilodon().querySettings().remove(hash);
        return Document.EMPTY;
    }

    private static SmilodonException wrongType(Invocation invocation) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Query settings are about a query or the hash of its shape",
                        Map.of("actual", invocation.argument().type().alias()))
                .at(Location.ROOT.child(invocation.name()));
    }

    // ---- The shape

    private static RequestShape shape(Invocation invocation, Document query) {
        String command = query.isEmpty() ? "" : query.iterator().next().name();
        Location place = Location.ROOT.child(invocation.name());
        Shaper shaper =
                SHAPERS.find(command)
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                        ErrorCode.location(7746402),
                                                        "QueryShape can not be computed for"
                                                                + " command",
                                                        Map.of("command", command))
                                                .at(place));
        if (!(query.get("$db") instanceof StringValue database)) {
            throw new SmilodonException(
                            ErrorCode.location(40414),
                            "BSON field '$db' is missing but a required field")
                    .at(place.child("$db"));
        }
        CommandContext context = invocation.context().on(database.value());
        return shaper.shape(Commands.invocation(context, query));
    }

    private static RequestShape ofFind(Invocation find) {
        return find.collection().planning().shape(FindCommand.request(find.body()));
    }

    private static RequestShape ofDistinct(Invocation distinct) {
        String key = distinct.body().text("key").orElseThrow();
        Planning planning = distinct.collection().planning();
        return planning.shape(key, ReadCommands.request(distinct.body()));
    }

    private static RequestShape ofPipeline(Invocation aggregate) {
        List<Document> pipeline = aggregate.body().documents("pipeline");
        AggregateOptions options = ReadOptions.aggregate(aggregate.body());
        return AggregateCommand.read(aggregate, pipeline).planning().shape(pipeline, options);
    }

    // ---- The settings

    /** The settings as they are kept: hints as an array. */
    private static Document settings(Document written) {
        Location place = Location.ROOT.child(SETTINGS);
        if (written.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.location(8727502),
                            "settings field in setQuerySettings command cannot be empty")
                    .at(place);
        }
        Body settings = SETTINGS_RULES.check(written, place, SETTINGS);
        settings.text(FRAMEWORK).ifPresent(name -> checkFramework(name, place));
        return settings.has(HINTS)
                ? written.with(HINTS, hints(written.get(HINTS), place.child(HINTS)))
                : written;
    }

    private static void checkFramework(String name, Location place) {
        if (!FRAMEWORKS.contains(name)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Invalid value for 'queryFramework': expected classic or sbe",
                            Map.of("actual", name))
                    .at(place.child(FRAMEWORK));
        }
    }

    private static ArrayValue hints(Value written, Location place) {
        List<Value> hints = new ArrayList<>();
        switch (written) {
            case Document one -> hints.add(checked(one, place));
            case ArrayValue several -> several.forEach(hint -> hints.add(checked(hint, place)));
            default ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "'indexHints' must be an object or an array")
                            .at(place);
        }
        return ArrayValue.of(hints);
    }

    private static Document checked(Value written, Location place) {
        if (!(written instanceof Document hint)) {
            throw new SmilodonException(ErrorCode.TYPE_MISMATCH, "An index hint is an object")
                    .at(place);
        }
        Body body = HINT_RULES.check(hint, place, HINTS);
        NAMESPACE_RULES.check(body.document("ns"), place.child("ns"), "ns");
        ((ArrayValue) body.value(INDEXES)).forEach(index -> checkIndex(index, place));
        return hint;
    }

    private static void checkIndex(Value index, Location place) {
        boolean isPattern = index instanceof Document;
        if (!isPattern && !(index instanceof StringValue)) {
            throw unreadable("Hint must be a string or an object", place);
        }
        boolean isNatural =
                isPattern
                        && !((Document) index).isEmpty()
                        && ((Document) index).iterator().next().name().equals(Hint.NATURAL);
        if (isNatural && !Hint.isNatural((Document) index)) {
            throw unreadable("$natural hint may only accept 1 or -1", place);
        }
    }

    private static SmilodonException unreadable(String text, Location place) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text).at(place.child(INDEXES));
    }
}
