package io.smilodon.database.command;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Resource;

/** What the commands need that create, change and rename collections. */
final class DefinitionRequirement {

    private static final String VIEW_ON = "viewOn";
    private static final String PIPELINE = "pipeline";

    private DefinitionRequirement() {}

    /** Who may insert may create the collection for it; a view shows what one may see. */
    static void create(Asked asked) {
        boolean isView = asked.command().has(VIEW_ON);
        if (isView || !asked.may(Action.INSERT, asked.collection())) {
            asked.need(Action.CREATE_COLLECTION, asked.collection());
        }
        needView(asked);
    }

    static void modify(Asked asked) {
        asked.need(Action.COLL_MOD, asked.collection());
        needView(asked);
    }

    private static void needView(Asked asked) {
        Value on = asked.command().get(VIEW_ON);
        Value pipeline = asked.command().get(PIPELINE);
        if (on instanceof StringValue source) {
            Resource shown = Resource.collection(asked.database(), source.value());
            PipelineRequirement.check(asked, shown, pipeline);
        } else if (pipeline instanceof ArrayValue) {
            PipelineRequirement.check(asked, asked.collection(), pipeline);
        }
    }

    /**
     * Renaming reads and drops the one and makes the other, but for within a database. There too it
     * makes nothing readable that was not: who may read the new name alone may not.
     */
    static void rename(Asked asked) {
        if (!(asked.command().get(asked.name()) instanceof StringValue from)
                || !(asked.command().get("to") instanceof StringValue to)) {
            return; // refused
        }
        Resource source = Asked.namespace(from.value());
        Resource target = Asked.namespace(to.value());
        boolean isInside =
                source.database().equals(target.database())
                        && !source.isSystem()
                        && !target.isSystem();
        Resource database = Resource.database(source.database());
        boolean isRead =
                asked.may(Action.FIND, target)
                        || !asked.caller().limits(Action.FIND, target).isEmpty();
        boolean reveals = isRead && !asked.may(Action.FIND, source);
        if (isInside && !reveals && asked.may(Action.RENAME_COLLECTION_SAME_DB, database)) {
            asked.need(Action.RENAME_COLLECTION_SAME_DB, database);
        } else {
            asked.need(Action.FIND, source);
            asked.need(Action.DROP_COLLECTION, source);
            asked.need(Action.INSERT, target);
            asked.need(Action.CREATE_INDEX, target);
        }
        if (asked.flag("dropTarget")) {
            asked.need(Action.DROP_COLLECTION, target);
        }
    }

    static void cloneAsCapped(Asked asked) {
        asked.need(Action.FIND, asked.collection());
        if (asked.command().get("toCollection") instanceof StringValue to) {
            Resource target = Resource.collection(asked.database(), to.value());
            asked.need(Action.INSERT, target);
            asked.need(Action.CREATE_INDEX, target);
            asked.need(Action.CONVERT_TO_CAPPED, target);
        }
    }
}
