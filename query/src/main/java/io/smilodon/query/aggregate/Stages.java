package io.smilodon.query.aggregate;

import static io.smilodon.query.aggregate.StageFactory.placed;
import static io.smilodon.query.aggregate.StagePlacement.ALSO_IN_UPDATES;
import static io.smilodon.query.aggregate.StagePlacement.IN_STREAMS;
import static io.smilodon.query.aggregate.StagePlacement.NOT_IN_FACETS;
import static io.smilodon.query.aggregate.StagePlacement.REPORT;
import static io.smilodon.query.aggregate.StagePlacement.SINK;
import static io.smilodon.query.aggregate.StagePlacement.SOURCE;
import static io.smilodon.query.aggregate.StagePlacement.STATISTICS;

import io.smilodon.query.OperatorTable;

/** Every stage of Smilodon, alphabetical. */
final class Stages {

    static final OperatorTable<StageFactory> TABLE =
            OperatorTable.<StageFactory>builder()
                    .add("$addFields", placed(ALSO_IN_UPDATES, AddFields::parse))
                    .add("$bucket", Bucket::parse)
                    .add("$bucketAuto", BucketAuto::parse)
                    .add("$changeStream", placed(REPORT, ChangeStreamStage::parse))
                    .add(SplitLargeEvent.NAME, placed(IN_STREAMS, SplitLargeEvent::parse))
                    .add("$collStats", placed(STATISTICS, CollStats::parse))
                    .add("$count", Count::parse)
                    .add("$currentOp", placed(REPORT, CurrentOp::parse))
                    .add("$densify", Densify::parse)
                    .add("$documents", placed(SOURCE, Documents::parse))
                    .add("$facet", placed(NOT_IN_FACETS, Facet::parse))
                    .add("$fill", Fill::parse)
                    .add(GeoNear.NAME, placed(SOURCE, GeoNearParser::parse))
                    .add("$graphLookup", GraphLookupParser::parse)
                    .add("$group", Group::parse)
                    .add("$indexStats", placed(STATISTICS, IndexStats::parse))
                    .add("$limit", Limit::parse)
                    .add("$listSearchIndexes", placed(REPORT, ListSearchIndexes::parse))
                    .add("$lookup", LookupParser::parse)
                    .add("$match", Match::parse)
                    .add("$merge", placed(SINK, MergeParser::parse))
                    .add("$out", placed(SINK, Out::parse))
                    .add("$planCacheStats", placed(REPORT, PlanCacheStats::parse))
                    .add("$project", placed(ALSO_IN_UPDATES, Project::parse))
                    .add(QuerySettings.NAME, placed(REPORT, QuerySettings::parse))
                    .add(QueryStats.NAME, placed(REPORT, QueryStats::parse))
                    .add(RankFusion.NAME, placed(SOURCE, RankFusion::parse))
                    .add("$redact", Redact::parse)
                    .add("$replaceRoot", placed(ALSO_IN_UPDATES, ReplaceRoot::parse))
                    .add("$replaceWith", placed(ALSO_IN_UPDATES, ReplaceRoot::parseShort))
                    .add("$sample", Sample::parse)
                    .add(ScoreFusion.NAME, placed(SOURCE, ScoreFusion::parse))
                    .add("$search", placed(SOURCE, Search::parse))
                    .add("$searchMeta", placed(SOURCE, SearchMeta::parse))
                    .add("$set", placed(ALSO_IN_UPDATES, AddFields::parse))
                    .add("$setWindowFields", SetWindowFields::parse)
                    .add("$skip", Skip::parse)
                    .add("$sort", Sort::parse)
                    .add("$sortByCount", SortByCount::parse)
                    .add("$unionWith", UnionWith::parse)
                    .add("$unset", placed(ALSO_IN_UPDATES, Unset::parse))
                    .add("$unwind", Unwind::parse)
                    .add("$vectorSearch", placed(SOURCE, VectorSearch::parse))
                    .build();

    private Stages() {}
}
