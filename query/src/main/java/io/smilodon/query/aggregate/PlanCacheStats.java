package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/** <code>{$planCacheStats: {}}</code>: a document about each shape of queries planned before. */
record PlanCacheStats() implements SourceStage {

    static final String NAME = "$planCacheStats";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options) || !options.isEmpty()) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "$planCacheStats stage must have an empty object as its specification");
        }
        return new PlanCacheStats();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.diagnostics().planCache());
    }
}
