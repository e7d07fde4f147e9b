package io.smilodon.database.catalog;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.IndexTypes;
import io.smilodon.query.Dialect;
import io.smilodon.query.exec.PartialMaintainer;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.PartialFilter;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/**
 * What the catalog knows of one index besides that on {@code _id}.
 *
 * @param maintainer keeps and reads its entries; knows its definition
 * @param filter what the documents match of which it has entries; absent if it has all
 * @param traits what its entries are like; only ever grows
 * @param state whether it may be read
 */
public record IndexEntry(
        IndexMaintainer maintainer,
        Optional<Predicate> filter,
        IndexTraits traits,
        IndexState state) {

    private static final String TRAITS = "traits";
    private static final String STATE = "state";

    /** An index that has to be filled. */
    public static IndexEntry building(IndexDefinition definition, Namespace namespace) {
        return of(definition, namespace, IndexTraits.none(definition), IndexState.BUILDING);
    }

    private static IndexEntry of(
            IndexDefinition definition, Namespace namespace, IndexTraits traits, IndexState state) {
        IndexMaintainer all = IndexTypes.maintainer(definition, namespace.toString());
        Optional<Predicate> filter =
                Dialect.PLAIN.within(() -> PartialFilter.of(definition, Location.ROOT));
        IndexMaintainer maintainer =
                filter.<IndexMaintainer>map(some -> new PartialMaintainer(all, some)).orElse(all);
        return new IndexEntry(maintainer, filter, traits, state);
    }

    /**
     * Writes what the change of one document changes in the index, as its maintainer does. While
     * the index is filled, there may be documents from before that it cannot hold: they have no
     * entries, and can be repaired or deleted.
     */
    public IndexTraits update(
            Optional<Document> before,
            Optional<Document> after,
            byte[] idKey,
            Transaction transaction) {
        Optional<Document> held = isReady() ? before : before.filter(maintainer::canHold);
        return maintainer.update(held, after, idKey, transaction);
    }

    /**
     * Whether changes at these places of a document may change its entries. While the index is
     * filled, it may have none yet.
     */
    public boolean mayChangeAt(List<FieldPath> places) {
        if (!isReady()) {
            return true;
        }
        for (FieldPath place : places) {
            if (maintainer.mayChangeAt(place)) {
                return true;
            }
        }
        return false;
    }

    /** The index as the planner knows it. */
    public IndexCandidate candidate() {
        return new IndexCandidate(definition(), traits, filter);
    }

    public IndexDefinition definition() {
        return maintainer.definition();
    }

    public boolean isReady() {
        return state == IndexState.READY;
    }

    public IndexEntry ready() {
        return new IndexEntry(maintainer, filter, traits, IndexState.READY);
    }

    public IndexEntry withTraits(IndexTraits grown) {
        return new IndexEntry(maintainer, filter, grown, state);
    }

    /** The same entries under other options, such as hidden, that do not change what they are. */
    public IndexEntry withOptions(IndexOptions options, Namespace namespace) {
        return of(definition().withOptions(options), namespace, traits, state);
    }

    Document toDocument() {
        return definition()
                .toDocument()
                .with(TRAITS, traits.toDocument())
                .with(STATE, state.toValue());
    }

    static IndexEntry fromDocument(Document stored, Namespace namespace) {
        IndexDefinition definition = IndexDefinition.fromDocument(stored);
        return of(
                definition,
                namespace,
                IndexTraits.fromDocument(Damage.document(stored, TRAITS)),
                IndexState.fromValue(stored.get(STATE)));
    }
}
