package io.smilodon.database.command;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Resource;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a pipeline needs: to read its collection, and what each of its stages does to others,
 * however deep it stands in pipelines of stages. What is not of a form that a stage takes is left
 * to who reads the pipeline, who refuses it.
 */
final class PipelineRequirement {

    private static final String PIPELINE = "pipeline";

    /** Those that tell of something else than documents: who begins with one need not read. */
    private static final Map<String, BiConsumer<PipelineRequirement, Value>> REPORTS =
            Map.of(
                    "$changeStream", PipelineRequirement::needChanges,
                    "$collStats", (run, options) -> run.needOfSource(Action.COLL_STATS),
                    "$currentOp", PipelineRequirement::needOperations,
                    "$documents", (run, options) -> {},
                    "$indexStats", (run, options) -> run.needOfSource(Action.INDEX_STATS),
                    "$listSearchIndexes",
                            (run, options) -> run.needOfSource(Action.LIST_SEARCH_INDEXES),
                    "$planCacheStats", (run, options) -> run.needOfSource(Action.PLAN_CACHE_READ),
                    "$querySettings", (run, options) -> run.needOfServer(Action.QUERY_SETTINGS),
                    "$queryStats", PipelineRequirement::needStatistics);

    /** Those that reach another collection, or hold pipelines. */
    private static final Map<String, BiConsumer<PipelineRequirement, Value>> REACHING =
            Map.ofEntries(
                    Map.entry("$facet", PipelineRequirement::needEach),
                    Map.entry("$graphLookup", (run, options) -> run.needForeign(options, "from")),
                    Map.entry("$lookup", (run, options) -> run.needForeign(options, "from")),
                    Map.entry("$merge", PipelineRequirement::needMerging),
                    Map.entry("$out", PipelineRequirement::needReplacing),
                    Map.entry("$rankFusion", PipelineRequirement::needFused),
                    Map.entry("$scoreFusion", PipelineRequirement::needFused),
                    Map.entry("$unionWith", (run, options) -> run.needForeign(options, "coll")));

    /** Those that work on what they are given and on nothing else. */
    static final Set<String> INNOCENT =
            Set.of(
                    "$addFields",
                    "$bucket",
                    "$bucketAuto",
                    "$changeStreamSplitLargeEvent",
                    "$count",
                    "$densify",
                    "$fill",
                    "$geoNear",
                    "$group",
                    "$limit",
                    "$match",
                    "$project",
                    "$redact",
                    "$replaceRoot",
                    "$replaceWith",
                    "$sample",
                    "$search",
                    "$searchMeta",
                    "$set",
                    "$setWindowFields",
                    "$skip",
                    "$sort",
                    "$sortByCount",
                    "$unset",
                    "$unwind",
                    "$vectorSearch");

    private final Asked asked;
    private final Resource source;

    private PipelineRequirement(Asked asked, Resource source) {
        this.asked = asked;
        this.source = source;
    }

    /** Asks for what the command {@code aggregate} needs. */
    static void check(Asked asked) {
        check(asked, asked.collection(), asked.command().get(PIPELINE));
    }

    /** The same for a pipeline over a collection. */
    static void check(Asked asked, Resource source, Value pipeline) {
        new PipelineRequirement(asked, source).needPipeline(pipeline);
    }

    /** Whether it is known what a stage needs. */
    static boolean knows(String stage) {
        return REPORTS.containsKey(stage)
                || REACHING.containsKey(stage)
                || INNOCENT.contains(stage);
    }

    private void needPipeline(Value pipeline) {
        boolean isReport =
                pipeline instanceof ArrayValue stages
                        && stages.get(0) instanceof Document first
                        && !first.isEmpty()
                        && REPORTS.containsKey(first.iterator().next().name());
        if (!isReport) {
            needOfSource(Action.FIND);
        }
        needStages(pipeline);
    }

    private void needStages(Value pipeline) {
        if (pipeline instanceof ArrayValue stages) {
            for (Value stage : stages) {
                if (stage instanceof Document written) {
                    written.forEach(this::needStage);
                }
            }
        }
    }

    /** Names that are no stage's are left to who reads the pipeline, like the innocent ones. */
    private void needStage(Field stage) {
        BiConsumer<PipelineRequirement, Value> need =
                REPORTS.getOrDefault(stage.name(), REACHING.get(stage.name()));
        if (need != null) {
            need.accept(this, stage.value());
        }
    }

    private void needOfSource(Action action) {
        asked.need(action, source);
    }

    private void needOfServer(Action action) {
        asked.need(action, Resource.CLUSTER);
    }

    /** Own requests may be seen by everybody. */
    private void needOperations(Value options) {
        if (options instanceof Document written
                && BooleanValue.TRUE.equals(written.get("allUsers"))) {
            needOfServer(Action.INPROG);
        }
    }

    private void needStatistics(Value options) {
        boolean isTransformed =
                options instanceof Document written && written.has("transformIdentifiers");
        needOfServer(isTransformed ? Action.QUERY_STATS_READ_TRANSFORMED : Action.QUERY_STATS_READ);
    }

    private void needChanges(Value options) {
        boolean isOfAll =
                options instanceof Document written
                        && BooleanValue.TRUE.equals(written.get("allChangesForCluster"));
        Resource watched = isOfAll ? Resource.EVERY_DATABASE : source;
        asked.needWhole(Action.CHANGE_STREAM, watched);
        asked.needWhole(Action.FIND, watched);
    }

    /** Their pipelines have the same source, or the documents before the stage. */
    private void needEach(Value options) {
        if (options instanceof Document pipelines) {
            for (Field pipeline : pipelines) {
                needStages(pipeline.value());
            }
        }
    }

    private void needFused(Value options) {
        if (options instanceof Document written && written.get("input") instanceof Document input) {
            needEach(input.get("pipelines"));
        }
    }

    /** By its name alone, or by the option of this name, beside a pipeline. */
    private void needForeign(Value options, String option) {
        if (options instanceof StringValue name) {
            asked.need(Action.FIND, collection(name));
        } else if (options instanceof Document written) {
            Resource foreign = collection(written.get(option));
            if (written.has(option)) {
                asked.need(Action.FIND, foreign);
            }
            if (written.get(PIPELINE) instanceof ArrayValue pipeline && !pipeline.isEmpty()) {
                check(asked, foreign, pipeline);
            }
        }
    }

    private void needReplacing(Value options) {
        Resource target = collection(options);
        asked.needWhole(Action.INSERT, target);
        asked.needWhole(Action.REMOVE, target);
        needBypass(target);
    }

    private void needMerging(Value options) {
        Value into = options instanceof Document written ? written.get("into") : options;
        boolean inserts = !isText(options, "whenNotMatched", "discard", "fail");
        boolean updates = !isText(options, "whenMatched", "fail");
        Resource target = collection(into);
        if (inserts) {
            asked.needWhole(Action.INSERT, target);
        }
        if (updates || !inserts) {
            asked.needWhole(Action.UPDATE, target);
        }
        needBypass(target);
    }

    private void needBypass(Resource target) {
        if (asked.flag(Invocation.BYPASS)) {
            asked.need(Action.BYPASS_DOCUMENT_VALIDATION, target);
        }
    }

    private static boolean isText(Value options, String option, String... texts) {
        return options instanceof Document written
                && written.get(option) instanceof StringValue text
                && Set.of(texts).contains(text.value());
    }

    /** A name, or {@code {db, coll}}; the database itself where there is neither. */
    private Resource collection(Value named) {
        if (named instanceof Document full) {
            String database =
                    full.get("db") instanceof StringValue text ? text.value() : asked.database();
            return full.get("coll") instanceof StringValue text
                    ? Resource.collection(database, text.value())
                    : Resource.database(database);
        }
        return named instanceof StringValue text
                ? Resource.collection(asked.database(), text.value())
                : asked.databaseItself();
    }
}
