package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Iterator;
import java.util.List;

/**
 * An update or a deletion as the commands write it, said in the words of the actions: those give it
 * its meaning.
 *
 * @param body the statement, checked
 * @param names what the command calls the parts of a statement
 * @param shared what the command says once for all statements, and actions say each
 */
record WriteStatement(Body body, WriteStatement.Names names, Document shared) {

    private static final String ARRAY_FILTERS = "arrayFilters";

    private static final List<String> SAME_NAMES =
            List.of(ARRAY_FILTERS, "collation", "hint", "sort", "upsert");

    private static final List<String> SHARED_NAMES = List.of("let", "maxTimeMS");

    /** What a command says once for all of its statements. */
    static Document shared(Body command) {
        return command.only(SHARED_NAMES);
    }

    WriteStatement {
        body.documents(ARRAY_FILTERS); // refused before anything is done
    }

    /**
     * What a command calls the parts of a statement.
     *
     * @param filter which documents
     * @param update what becomes of them
     * @param constants variables for a pipeline
     */
    record Names(String filter, String update, String constants) {

        /** In the commands update and delete. */
        static final Names SHORT = new Names("q", "u", "c");

        /** In the command bulkWrite. */
        static final Names LONG = new Names("filter", "updateMods", "constants");

        /** The fields of an update. */
        BodyRules.Builder updateRules() {
            return deleteRules()
                    .required(FieldKind.ANYTHING, update)
                    .optional(FieldKind.OBJECT, constants, "sort")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "multi", "upsert")
                    .optional(FieldKind.ARRAY, ARRAY_FILTERS);
        }

        /** The fields of a deletion, but for how many documents go. */
        BodyRules.Builder deleteRules() {
            return BodyRules.builder()
                    .required(FieldKind.OBJECT, filter)
                    .optional(FieldKind.OBJECT, "collation")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint");
        }
    }

    WriteOutcome update(DocumentCollection collection) {
        return WriteOutcome.ofUpdate(updating().run(collection));
    }

    /** The update that it is. */
    AskedAction updating() {
        Value update = requireUpdate(body, names.update);
        boolean isReplacement = isReplacement(update);
        if (isReplacement) {
            checkReplacement();
        }
        check(update);
        DocumentBuilder asked = asked();
        asked.put(isReplacement ? "replacement" : "update", update);
        if (body.has(names.constants)) {
            asked.put("c", body.value(names.constants));
        }
        String action = isReplacement ? "replaceOne" : operatorAction();
        return new AskedAction(action, asked.build());
    }

    /**
     * What a write says of how documents change.
     *
     * @throws SmilodonException 9 for what is neither an object nor an array
     */
    static Value requireUpdate(Body body, String name) {
        Value update = body.value(name);
        if (!(update instanceof Document) && !(update instanceof ArrayValue)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Update argument must be either an object or an array")
                    .at(body.location().child(name));
        }
        return update;
    }

    /** Whether an update goes to every document that matches. */
    boolean isMulti() {
        return body.flag("multi", false);
    }

    private String operatorAction() {
        return isMulti() ? "updateMany" : "updateOne";
    }

    WriteOutcome delete(DocumentCollection collection, boolean isMulti) {
        return WriteOutcome.ofDelete(deleting(isMulti).run(collection));
    }

    /** The deletion that it is. */
    AskedAction deleting(boolean isMulti) {
        return new AskedAction(isMulti ? "deleteMany" : "deleteOne", asked().build());
    }

    private DocumentBuilder asked() {
        DocumentBuilder asked = Document.builder().put("filter", body.document(names.filter));
        for (String name : SAME_NAMES) {
            if (body.has(name)) {
                boolean isFlag = name.equals("upsert");
                asked.put(name, isFlag ? Value.of(body.flag(name, false)) : body.value(name));
            }
        }
        return asked.putAll(shared);
    }

    /** Whether an update is a whole document instead of operators or a pipeline. */
    static boolean isReplacement(Value update) {
        if (update instanceof ArrayValue) {
            return false;
        }
        Iterator<Field> fields = ((Document) update).iterator();
        return !fields.hasNext() || !fields.next().name().startsWith("$");
    }

    private void checkReplacement() {
        if (isMulti()) {
            throw refused("multi update is not supported for replacement-style update", "multi");
        }
        if (body.has(ARRAY_FILTERS)) {
            throw refused(
                    "arrayFilters may not be specified for replacement-style update",
                    ARRAY_FILTERS);
        }
    }

    private void check(Value update) {
        if (isMulti() && body.has("sort")) {
            throw refused("Cannot specify sort with multi=true", "sort");
        }
        if (body.has(names.constants) && !(update instanceof ArrayValue)) {
            throw new SmilodonException(
                            ErrorCode.location(51198),
                            "Constant values may only be specified for pipeline updates")
                    .at(body.location().child(names.constants));
        }
    }

    private SmilodonException refused(String text, String field) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text)
                .at(body.location().child(field));
    }
}
