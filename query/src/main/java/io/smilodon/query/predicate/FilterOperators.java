package io.smilodon.query.predicate;

import io.smilodon.query.OperatorTable;

/** Every operator of filters, alphabetical. */
final class FilterOperators {

    /** Those that stand under a field. */
    static final OperatorTable<FieldOperator> FIELD =
            OperatorTable.<FieldOperator>builder()
                    .add("$all", ArrayOperators::all)
                    .add("$allMatch", ArrayOperators::allMatch)
                    .add("$beginsWith", RegexOperators::beginsWith)
                    .add("$bitsAllClear", BitOperators::allClear)
                    .add("$bitsAllSet", BitOperators::allSet)
                    .add("$bitsAnyClear", BitOperators::anyClear)
                    .add("$bitsAnySet", BitOperators::anySet)
                    .add("$elemMatch", ArrayOperators::elemMatch)
                    .add("$eq", ComparisonOperators::eq)
                    .add("$exists", TypeOperators::exists)
                    .add("$geoIntersects", GeoOperators::intersects)
                    .add("$geoWithin", GeoOperators::within)
                    .add("$gt", ComparisonOperators::gt)
                    .add("$gte", ComparisonOperators::gte)
                    .add("$in", ListOperators::in)
                    .add("$keyMapMatch", ArrayOperators::keyMapMatch)
                    .add("$lt", ComparisonOperators::lt)
                    .add("$lte", ComparisonOperators::lte)
                    .add("$maxDistance", GeoOperators::distance)
                    .add("$minDistance", GeoOperators::distance)
                    .add("$mod", NumberOperators::mod)
                    .add("$ne", ComparisonOperators::ne)
                    .add("$near", GeoOperators::near)
                    .add("$nearSphere", GeoOperators::near)
                    .add("$nin", ListOperators::nin)
                    .add("$not", LogicalOperators::not)
                    .add("$options", RegexOperators::options)
                    .add("$regex", RegexOperators::regex)
                    .add("$size", NumberOperators::size)
                    .add("$type", TypeOperators::type)
                    .add("$uniqueDocs", GeoOperators::distance)
                    .add("$within", GeoOperators::within)
                    .build();

    /** Those that stand where a field could. */
    static final OperatorTable<RootOperator> ROOT =
            OperatorTable.<RootOperator>builder()
                    .add("$alwaysFalse", ConstantOperators::alwaysFalse)
                    .add("$alwaysTrue", ConstantOperators::alwaysTrue)
                    .add("$and", LogicalOperators::and)
                    .add("$comment", ConstantOperators::comment)
                    .add("$expr", ExpressionOperators::expr)
                    .add("$jsonSchema", DocumentOperators::jsonSchema)
                    .add("$nor", LogicalOperators::nor)
                    .add("$or", LogicalOperators::or)
                    .add("$sampleRate", DocumentOperators::sampleRate)
                    .add("$text", TextOperator::text)
                    .add("$where", UnsupportedOperators::where)
                    .build();

    private FilterOperators() {}
}
