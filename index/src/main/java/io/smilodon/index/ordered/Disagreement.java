package io.smilodon.index.ordered;

import java.util.HexFormat;

/**
 * A place where an index does not say what the documents say.
 *
 * @param kind what is wrong
 * @param idKey the encoded {@code _id} of the document; empty if the entry does not tell
 * @param entryKey the store's key of the entry that is wrong or absent
 */
public record Disagreement(Kind kind, byte[] idKey, byte[] entryKey) {

    /** How an index and a document can disagree. */
    public enum Kind {
        /** The document has a key that the index lacks. */
        ENTRY_ABSENT,
        /** The index holds the key with another content: another document, or other types. */
        ENTRY_DIFFERS,
        /** The index has an entry that its document does not give. */
        ENTRY_WITHOUT_KEY,
        /** The index has an entry whose document does not exist. */
        ENTRY_WITHOUT_DOCUMENT,
        /** The entry cannot be read. */
        ENTRY_DAMAGED,
        /** The document has arrays or long keys of which the catalog does not tell the planner. */
        TRAITS_UNSTATED
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return kind + " id " + hex.formatHex(idKey) + " entry " + hex.formatHex(entryKey);
    }
}
