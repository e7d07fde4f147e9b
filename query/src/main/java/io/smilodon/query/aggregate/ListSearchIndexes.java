package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.query.exec.Cursor;
import java.util.Optional;
import java.util.Set;

/** <code>{$listSearchIndexes: {name?, id?}}</code>: a document about each search index. */
record ListSearchIndexes(Optional<String> nameOrId) implements SourceStage {

    static final String NAME = "$listSearchIndexes";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "The $listSearchIndexes stage specification must be an object");
        }
        OptionNames.check(operand, options, Set.of(), Set.of("name", "id"));
        if (options.has("name") && options.has("id")) {
            throw operand.error(
                    ErrorCode.BAD_VALUE, "$listSearchIndexes takes either 'name' or 'id'");
        }
        for (String name : Set.of("name", "id")) {
            if (options.has(name)) {
                StageOperand option = operand.child(name, options.get(name));
                if (option.value() instanceof StringValue text) {
                    return new ListSearchIndexes(Optional.of(text.value()));
                }
                throw option.error(ErrorCode.TYPE_MISMATCH, "The option is a string");
            }
        }
        return new ListSearchIndexes(Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.searching().indexes(nameOrId));
    }
}
