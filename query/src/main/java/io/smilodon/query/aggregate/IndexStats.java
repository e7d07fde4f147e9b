package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/** <code>{$indexStats: {}}</code>: a document about each index, with how often it was used. */
record IndexStats() implements SourceStage {

    static final String NAME = "$indexStats";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options) || !options.isEmpty()) {
            throw operand.error(
                    28803, "The $indexStats stage specification must be an empty object");
        }
        return new IndexStats();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.diagnostics().indexUses());
    }
}
