package io.smilodon.reference;

import io.smilodon.database.command.CommandNames;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.aggregate.StageNames;
import io.smilodon.query.aggregate.window.WindowFunctions;
import io.smilodon.query.expression.ExpressionOperators;
import io.smilodon.query.predicate.FilterNames;
import io.smilodon.query.update.UpdateNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chapters of the reference. */
final class Chapters {

    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

    private Chapters() {}

    static List<Chapter> all() {
        return List.of(
                filters(),
                projections(),
                updates(),
                stages(),
                accumulators(),
                windows(),
                expressions(),
                variables(),
                options("find", "find"),
                options("aggregate", "aggregate"),
                options("update", "updateOptions"),
                options("delete", "deleteOptions"),
                options("findAndModify", "findAndModify"),
                createIndexes(),
                options("collMod", "collModOptions"));
    }

    /** The names of a list of the language that the chapters describe. */
    static Set<String> described(String list) {
        return switch (list) {
            case "filter" -> filters().described();
            case "projection" -> projections().described();
            case "meta" -> metadata();
            case "update" -> updates().described();
            case "stage" -> stages().described();
            case "accumulator" -> accumulators().described();
            case "window" -> windows().described();
            case "variable" -> variables().described();
            case "command" -> CommandNames.all();
            case "updateOptions" -> options("update", list).described();
            case "deleteOptions" -> options("delete", list).described();
            default -> options(list, list).described();
        };
    }

    private static Chapter filters() {
        return Chapter.read(
                "filters",
                "Filters: In `find`, updates, deletions, `$match`, `$elemMatch`, validators.",
                new FilterExample(),
                FilterNames.supported());
    }

    private static Chapter projections() {
        return Chapter.read(
                "projections",
                "Projections: Of `find` and `findAndModify`; `$project` has the first three.",
                new ProjectionExample(),
                Set.of("field", "field.$", "$elemMatch", "$slice", "$meta"));
    }

    /** The operands that {@code $meta} is said to have. */
    private static Set<String> metadata() {
        return projections().examples().stream()
                .filter(example -> example.name().equals("$meta"))
                .flatMap(example -> QUOTED.matcher(example.signature()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Chapter updates() {
        Set<String> names = new TreeSet<>(UpdateNames.operators());
        names.addAll(UpdateNames.clauses());
        names.addAll(Set.of("path.$", "path.$[]", "path.$[name]", "document", "[stage, …]"));
        return Chapter.read("updates", "Updates", new UpdateExample(), names);
    }

    private static Chapter stages() {
        return Chapter.read(
                "stages",
                "Stages: `c` is the collection that the pipeline reads, `other` another one.",
                new PipelineExample(),
                StageNames.all());
    }

    private static Chapter accumulators() {
        return Chapter.read(
                "accumulators",
                "Accumulators: In `$group`, `$bucket`, `$bucketAuto` and `$setWindowFields`.",
                new GroupExample(),
                Accumulators.names());
    }

    private static Chapter windows() {
        Set<String> own = new TreeSet<>(WindowFunctions.names());
        own.removeAll(Accumulators.names());
        return Chapter.read(
                "windows",
                "Window functions: In `$setWindowFields`, where every accumulator but `$mergeObjects` is one, too."
                        + " The examples are sorted by `t`.",
                new WindowExample(),
                own);
    }

    private static Chapter expressions() {
        Set<String> names = new TreeSet<>();
        ExpressionOperators.FAMILIES.forEach(family -> names.addAll(family.operators().names()));
        return new Chapter(
                "Expressions",
                "In `$expr`, projections, most stages and updates by pipeline.",
                ExpressionExample.families(),
                new ExpressionExample(),
                names);
    }

    private static Chapter variables() {
        return Chapter.read(
                "variables",
                "Variables: In expressions, after two dollar signs.",
                new PipelineExample(),
                Set.of(
                        "$$ROOT",
                        "$$CURRENT",
                        "$$REMOVE",
                        "$$NOW",
                        "$$KEEP",
                        "$$DESCEND",
                        "$$PRUNE",
                        "$$CLUSTER_TIME",
                        "$$USER_ROLES",
                        "$$SEARCH_META"));
    }

    /** What follows {@code indexes} has no table: the code is asked for it. */
    private static Chapter createIndexes() {
        Set<String> names = CommandNames.fields("createIndexes");
        names.addAll(Set.of("1 or -1", "$**", "path.$**", "background", "dropDups", "ns"));
        names.addAll(
                Set.of(
                        "\"EPSG:4326\"",
                        "\"urn:ogc:def:crs:OGC:1.3:CRS84\"",
                        "\"urn:x-mongodb:crs:strictwinding:EPSG:4326\""));
        for (PartKind kind : PartKind.values()) {
            if (!kind.isByValue()) {
                names.add("\"" + kind.written() + "\"");
            }
        }
        return Chapter.read(
                "options-createIndexes",
                "Options of createIndexes: Over "
                        + OptionExample.documents()
                        + ". An index is looked at by a `hint`.",
                new OptionExample(),
                names);
    }

    /** The fields of a command without those that a list of what is refused has. */
    private static Set<String> optionsBut(String list, String command) {
        Set<String> names = CommandNames.fields(command);
        names.removeAll(Refusal.names(Refusal.read(), list));
        return names;
    }

    private static Chapter options(String command, String list) {
        return Chapter.read(
                "options-" + command,
                "Options of " + command + ": Over " + OptionExample.documents() + ".",
                new OptionExample(),
                optionsBut(list, command));
    }
}
