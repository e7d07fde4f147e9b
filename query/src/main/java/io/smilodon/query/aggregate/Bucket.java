package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.sort.SortPattern;

/**
 * {@code {$bucket: {groupBy, boundaries: [low, …, high], default, output}}}: groups by ranges of a
 * value, the lowest first.
 */
record Bucket(BucketOf bucket, Stage group, Stage sort) implements Stage {

    static Stage parse(StageOperand operand) {
        BucketOptions options = BucketOptions.parse(operand);
        Stage group = new Group(options.bucket(), options.output());
        Document byId = Document.of("_id", Value.of(1));
        return new Bucket(options.bucket(), group, new Sort(SortPattern.parse(byId), 0));
    }

    @Override
    public String name() {
        return "$bucket";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        bucket.check(context.order());
        return sort.open(group.open(input, context), context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return group.neededFields(output);
    }
}
