package io.smilodon.database.command;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Truth;
import io.smilodon.security.Action;
import io.smilodon.security.Resource;

/** What the commands need that write documents. */
final class WriteRequirement {

    private static final String UPSERT = "upsert";

    private WriteRequirement() {}

    static void insert(Asked asked) {
        asked.need(Action.INSERT, asked.collection());
        needBypass(asked, asked.collection());
    }

    static void update(Asked asked) {
        asked.need(Action.UPDATE, asked.collection());
        if (upserts(asked.command().get("updates"))) {
            asked.need(Action.INSERT, asked.collection());
        }
        needBypass(asked, asked.collection());
    }

    static void delete(Asked asked) {
        asked.need(Action.REMOVE, asked.collection());
    }

    /** It tells what it has found. */
    static void findAndModify(Asked asked) {
        Resource collection = asked.collection();
        asked.need(Action.FIND, collection);
        if (asked.flag("remove")) {
            asked.need(Action.REMOVE, collection);
        }
        if (asked.command().has("update") || !asked.flag("remove")) {
            asked.need(Action.UPDATE, collection);
        }
        if (asked.flag(UPSERT)) {
            asked.need(Action.INSERT, collection);
        }
        needBypass(asked, collection);
    }

    private static boolean upserts(Value statements) {
        if (statements instanceof ArrayValue elements) {
            for (Value element : elements) {
                if (element instanceof Document statement && Truth.of(statement.get(UPSERT))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void needBypass(Asked asked, Resource collection) {
        if (asked.flag(Invocation.BYPASS)) {
            asked.need(Action.BYPASS_DOCUMENT_VALIDATION, collection);
        }
    }

    /** Each operation needs what a command of its kind does to the collection that it names. */
    static void bulkWrite(Asked asked) {
        if (asked.command().get("ops") instanceof ArrayValue operations
                && asked.command().get("nsInfo") instanceof ArrayValue namespaces) {
            for (Value operation : operations) {
                if (operation instanceof Document written) {
                    bulkWrite(asked, written, namespaces);
                }
            }
        }
    }

    private static void bulkWrite(Asked asked, Document operation, ArrayValue namespaces) {
        Value insert = operation.get("insert");
        Value update = operation.get("update");
        Value delete = operation.get("delete");
        Resource collection = namespace(asked, first(insert, update, delete), namespaces);
        if (insert != Missing.INSTANCE) {
            asked.need(Action.INSERT, collection);
        }
        if (update != Missing.INSTANCE) {
            asked.need(Action.UPDATE, collection);
        }
        if (update != Missing.INSTANCE && Truth.of(operation.get(UPSERT))) {
            asked.need(Action.INSERT, collection);
        }
        if (delete != Missing.INSTANCE) {
            asked.need(Action.REMOVE, collection);
        }
        needBypass(asked, collection);
    }

    private static Value first(Value... values) {
        for (Value value : values) {
            if (value != Missing.INSTANCE) {
                return value;
            }
        }
        return Missing.INSTANCE;
    }

    /** The namespace of a position; where there is none, what nobody is asked for twice. */
    private static Resource namespace(Asked asked, Value position, ArrayValue namespaces) {
        return position instanceof NumberValue number
                        && namespaces.get((int) number.toLong()) instanceof Document named
                        && named.get("ns") instanceof StringValue full
                ? Asked.namespace(full.value())
                : asked.databaseItself();
    }
}
