package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import java.util.Map;

/** What the planner remembers of one collection's queries. As safe as its access. */
final class Planning {

    private final Access access;
    private final Namespace namespace;

    Planning(Access access, Namespace namespace) {
        this.access = access;
        this.namespace = namespace;
    }

    private CollectionEntry entry(Snapshot snapshot) {
        access.requireNewest("planning");
        CollectionEntry entry =
                access.instance()
                        .catalog()
                        .find(namespace, snapshot)
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                ErrorCode.NAMESPACE_NOT_FOUND,
                                                "ns does not exist",
                                                Map.of("namespace", namespace)));
        Views.requireCollection(entry);
        return entry;
    }

    /** Forgets all plans. */
    void clear() {
        try (Snapshot snapshot = access.snapshot()) {
            access.instance().planCache().forget(entry(snapshot).id());
        }
    }

    /** Forgets the plans of queries that are like this one but for their values. */
    void clear(FindRequest like) {
        try (Snapshot snapshot = access.snapshot()) {
            CollectionEntry entry = entry(snapshot);
            Query query = new Queries(access).parse(like).on(entry).query();
            access.instance().planCache().forgetLike(entry.id(), QueryShape.of(query));
        }
    }
}
