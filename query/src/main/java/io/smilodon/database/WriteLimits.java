package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import io.smilodon.security.AccessRules;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With which documents of a collection the request of this thread may do what it does to them, and
 * what is written into them. What it may do with all is not limited. Not thread-safe.
 */
final class WriteLimits {

    private final Permit permit;
    private final Resource collection;

    /** As they were asked for; made for the first: most callers are not limited. */
    private Map<Action, Optional<Limit>> limits = Map.of();

    private Optional<Predicate> selected = Optional.empty();

    /**
     * What one privilege asks of documents that are written.
     *
     * @param before what they match before
     * @param after what they match afterwards
     * @param merged what is put into them
     */
    private record Limit(Predicate before, Predicate after, Optional<Update> merged) {}

    private WriteLimits(Permit permit, Namespace namespace) {
        this.permit = permit;
        this.collection = Views.resource(namespace);
    }

    static WriteLimits of(Namespace namespace) {
        return new WriteLimits(OperationScope.permit(), namespace);
    }

    /**
     * The documents that may be changed or removed: those that may be seen, and with which all that
     * was asked for is allowed.
     *
     * @throws SmilodonException {@code Unauthorized} for who may not see all of their fields: what
     *     a write finds would tell of the others
     */
    Predicate selected() {
        if (selected.isEmpty()) {
            selected = Optional.of(select());
        }
        return selected.get();
    }

    /**
     * What a request finds among these; what others hold is not looked at.
     *
     * @throws SmilodonException {@code OptionNotSupportedOnView} for a collation of its own, 17313
     *     for a {@code $text}
     */
    Queries.Parsed within(Queries.Parsed asked) {
        Predicate selected = selected();
        if (selected.equals(Predicate.everything())) {
            return asked;
        }
        if (asked.collation().isPresent()) {
            throw new SmilodonException(
                    ErrorCode.OPTION_NOT_SUPPORTED_ON_VIEW,
                    "Who may write some documents only cannot have strings compare otherwise");
        }
        Pipeline.of(asked.filter()).checkBehindOthers();
        Predicate both = Predicate.all(List.of(selected, asked.filter()));
        return new Queries.Parsed(
                asked.request(),
                asked.query().withFilter(both),
                asked.collation(),
                asked.variables());
    }

    /** Whether a document is one of those. */
    boolean select(Document document, CollectionEntry entry) {
        return permit.caller().isUnrestricted() || matches(selected(), document, entry);
    }

    private Predicate select() {
        if (permit.caller().isUnrestricted()) {
            return Predicate.everything();
        }
        List<Predicate> all = new ArrayList<>();
        List<AccessRules> seen = permit.limits(Action.FIND, collection);
        if (!seen.isEmpty()) {
            if (seen.stream().anyMatch(Views::isProjecting)) {
                throw refused("who does not see whole documents may not change or remove them");
            }
            all.add(parsed(Views.readFilter(seen)));
        }
        for (Need need : permit.needs()) {
            if (need.resource().equals(collection)
                    && (need.action() == Action.UPDATE || need.action() == Action.REMOVE)) {
                limit(need.action()).map(Limit::before).ifPresent(all::add);
            }
        }
        return Predicate.all(all);
    }

    /** The same document with what is put into those that are inserted. */
    Document inserted(Document document) {
        return merged(Action.INSERT, document);
    }

    /** The same document with what is put into those that are changed. */
    Document changed(Document document) {
        return merged(Action.UPDATE, document);
    }

    private Document merged(Action action, Document document) {
        return limit(action)
                .flatMap(Limit::merged)
                .map(fields -> fields.apply(document, context()))
                .orElse(document);
    }

    /** What changes documents altogether. */
    Update with(Update update) {
        return limit(Action.UPDATE).flatMap(Limit::merged).orElse(update);
    }

    /**
     * Refuses a document that may not be written like this.
     *
     * @param before empty for one that is inserted
     * @param after empty for one that is removed
     */
    void check(Optional<Document> before, Optional<Document> after, CollectionEntry entry) {
        Action action =
                before.isEmpty() ? Action.INSERT : after.isEmpty() ? Action.REMOVE : Action.UPDATE;
        Optional<Limit> limit = limit(action);
        if (limit.isEmpty()) {
            return;
        }
        boolean isAllowed =
                before.map(document -> matches(limit.get().before, document, entry)).orElse(true)
                        && after.map(document -> matches(limit.get().after, document, entry))
                                .orElse(true);
        if (!isAllowed) {
            throw refused("the document may not be written by who writes it");
        }
    }

    private static boolean matches(Predicate filter, Document document, CollectionEntry entry) {
        return filter.under(entry.collation().order()).matches(document);
    }

    private Optional<Limit> limit(Action action) {
        if (permit.caller().isUnrestricted()) {
            return Optional.empty();
        }
        if (limits.isEmpty()) {
            limits = new EnumMap<>(Action.class);
        }
        return limits.computeIfAbsent(action, this::read);
    }

    private Optional<Limit> read(Action action) {
        List<AccessRules> rules = permit.limits(action, collection);
        if (rules.size() > 1) {
            throw refused("several privileges with rules of their own allow this");
        }
        return rules.stream().findFirst().map(WriteLimits::limit);
    }

    private static Limit limit(AccessRules rules) {
        Predicate after = parsed(rules.rule(AccessRules.WRITE_FILTER));
        Predicate before =
                Predicate.all(List.of(parsed(rules.rule(AccessRules.READ_FILTER)), after));
        Document merged = rules.rule(AccessRules.MERGED);
        return new Limit(
                before,
                after,
                merged.isEmpty() ? Optional.empty() : Optional.of(Update.ofFields(merged)));
    }

    private static UpdateContext context() {
        return UpdateContext.ofUpdate(OperationScope.instant());
    }

    private static Predicate parsed(Document filter) {
        return Queries.parseFilter(filter, Queries.variables(Document.EMPTY));
    }

    private SmilodonException refused(String why) {
        return new SmilodonException(
                ErrorCode.UNAUTHORIZED,
                "not authorized: " + why,
                Map.of("resource", collection.toDocument()));
    }
}
