package io.smilodon.query.aggregate;

import io.smilodon.engine.value.StringValue;
import io.smilodon.query.exec.Cursor;

/** {@code {$count: "field"}}: one document with the number of documents; none if there are none. */
record Count(String field) implements Stage {

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof StringValue field)) {
            throw operand.error(40156, "the count field must be a non-empty string");
        }
        String name = field.value();
        if (name.isEmpty()) {
            throw operand.error(40157, "the count field must be a non-empty string");
        }
        if (name.startsWith("$")) {
            throw operand.error(40158, "the count field cannot be a $-prefixed path");
        }
        if (name.indexOf('\0') >= 0) {
            throw operand.error(40159, "the count field cannot contain a null byte");
        }
        if (name.indexOf('.') >= 0) {
            throw operand.error(40160, "the count field cannot contain '.'");
        }
        if (name.equals("_id")) {
            throw operand.error(15948, "a group's _id may only be specified once");
        }
        return new Count(name);
    }

    @Override
    public String name() {
        return "$count";
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new CountCursor(input, field, context.operation());
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return NeededFields.NONE;
    }
}
