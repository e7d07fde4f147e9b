package io.smilodon.query.aggregate;

import io.smilodon.query.OperatorTable;

/** Every stage of Smilodon, alphabetical. */
final class Stages {

    static final OperatorTable<StageFactory> TABLE =
            OperatorTable.<StageFactory>builder()
                    .add("$addFields", AddFields::parse)
                    .add("$bucket", Bucket::parse)
                    .add("$bucketAuto", BucketAuto::parse)
                    .add("$count", Count::parse)
                    .add("$group", Group::parse)
                    .add("$limit", Limit::parse)
                    .add("$lookup", LookupParser::parse)
                    .add("$match", Match::parse)
                    .add("$project", Project::parse)
                    .add("$replaceRoot", ReplaceRoot::parse)
                    .add("$replaceWith", ReplaceRoot::parseShort)
                    .add("$sample", Sample::parse)
                    .add("$set", AddFields::parse)
                    .add("$skip", Skip::parse)
                    .add("$sort", Sort::parse)
                    .add("$sortByCount", SortByCount::parse)
                    .add("$unset", Unset::parse)
                    .add("$unwind", Unwind::parse)
                    .build();

    private Stages() {}
}
