package io.smilodon.database.catalog;

import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.IndexTypes;

/**
 * What the catalog knows of one index besides that on {@code _id}.
 *
 * @param maintainer keeps and reads its entries; knows its definition
 * @param traits what its entries are like; only ever grows
 * @param state whether it may be read
 */
public record IndexEntry(IndexMaintainer maintainer, IndexTraits traits, IndexState state) {

    private static final String TRAITS = "traits";
    private static final String STATE = "state";

    /** An index that has to be filled. */
    public static IndexEntry building(IndexDefinition definition, Namespace namespace) {
        return new IndexEntry(
                IndexTypes.maintainer(definition, namespace.toString()),
                IndexTraits.none(definition),
                IndexState.BUILDING);
    }

    public IndexDefinition definition() {
        return maintainer.definition();
    }

    public boolean isReady() {
        return state == IndexState.READY;
    }

    public IndexEntry ready() {
        return new IndexEntry(maintainer, traits, IndexState.READY);
    }

    public IndexEntry withTraits(IndexTraits grown) {
        return new IndexEntry(maintainer, grown, state);
    }

    /** Used by no plan, or again by all. */
    public IndexEntry withHidden(boolean isHidden, Namespace namespace) {
        IndexDefinition changed = definition().withHidden(isHidden);
        return new IndexEntry(IndexTypes.maintainer(changed, namespace.toString()), traits, state);
    }

    Document toDocument() {
        return definition()
                .toDocument()
                .with(TRAITS, traits.toDocument())
                .with(STATE, state.toValue());
    }

    static IndexEntry fromDocument(Document stored, Namespace namespace) {
        IndexDefinition definition = IndexDefinition.fromDocument(stored);
        return new IndexEntry(
                IndexTypes.maintainer(definition, namespace.toString()),
                IndexTraits.fromDocument(Damage.document(stored, TRAITS)),
                IndexState.fromValue(stored.get(STATE)));
    }
}
