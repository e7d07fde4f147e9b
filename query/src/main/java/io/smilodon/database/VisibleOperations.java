package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.update.DocumentRules;
import java.util.function.Supplier;

/**
 * What a program asks of one collection and what may take long: others see it meanwhile, and may
 * end it. Inside a request of a user it belongs to that. As safe as the access.
 */
record VisibleOperations(Access access, Namespace namespace) {

    /** Runs what takes long by its nature, however long it takes. */
    <T> T run(String name, Document request, Supplier<T> work) {
        return run(name, request, 0, work);
    }

    /**
     * Runs a write that looks for what it changes; one that need not look is over before anybody
     * could see it.
     *
     * @param limitMillis time after which it fails; 0 for the database's own limit
     */
    <T> T write(String name, Document filter, long limitMillis, Supplier<T> work) {
        long limit = limitMillis(limitMillis);
        boolean isLookup = filter.size() == 1 && filter.has(DocumentRules.ID);
        return isLookup
                ? OperationScope.within(limit, () -> access.statement(work))
                : run(name, Document.of("filter", filter), limit, work);
    }

    /** Runs an insertion of many. */
    <T> T insert(String name, int count, Supplier<T> work) {
        return run(name, Document.of("documentCount", Value.of(count)), limitMillis(0), work);
    }

    private long limitMillis(long asked) {
        return asked > 0 ? asked : access.instance().options().operations().timeMillisMax();
    }

    private <T> T run(String name, Document request, long limitMillis, Supplier<T> work) {
        String collection = namespace.collection();
        Document shown = Document.builder().put(name, collection).putAll(request).build();
        OperationDescription description =
                new OperationDescription(name, namespace.database(), collection, shown, "");
        return access.instance()
                .operations()
                .show(description, limitMillis, () -> access.statement(work));
    }
}
