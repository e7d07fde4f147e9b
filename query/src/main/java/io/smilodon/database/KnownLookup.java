package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.exec.ChosenPlan;
import io.smilodon.query.plan.QueryShape;
import java.util.concurrent.atomic.LongAdder;

/**
 * The plan of finds that ask for one value of one field and differ in that value alone: it is
 * looked up in a unique index.
 *
 * @param form what such finds have in common
 * @param entry what the plan holds for: this very object
 * @param index where values are looked up
 * @param order how strings compare
 * @param summary the plan in one line
 * @param shape of the queries
 * @param uses counts the plans that use the index
 * @param time tells which runs are timed
 */
record KnownLookup(
        Form form,
        CollectionEntry entry,
        IndexEntry index,
        ValueOrder order,
        String summary,
        QueryShape shape,
        LongAdder uses,
        SampledTime time)
        implements ChosenPlan {

    /**
     * What finds have in common.
     *
     * @param field its name, or the path to it
     * @param type that of the value
     * @param limit how many documents are wanted at most; 0 for no limit
     */
    record Form(String field, Class<? extends Value> type, long limit) {

        boolean isOf(Field asked, long limitAsked) {
            return asked.value().getClass() == type
                    && limitAsked == limit
                    && asked.name().equals(field);
        }
    }

    /** The key of a value. */
    IndexKey key(Value value) {
        return IndexKey.of(order.key(value));
    }

    @Override
    public String shapeHash() {
        return shape.hash();
    }
}
