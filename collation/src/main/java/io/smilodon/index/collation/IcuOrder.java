package io.smilodon.index.collation;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RawCollationKey;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.VersionInfo;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TextOrder;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The order of texts that ICU has for a locale. A key is ICU's sort key, each byte as the character
 * of its number, so that the keys sort by code point as the bytes do. Immutable and thread-safe: a
 * frozen collator locks itself for each use.
 */
final class IcuOrder implements TextOrder {

    static final String UPPER = "upper";
    static final String LOWER = "lower";
    static final String OFF = "off";
    static final String NON_IGNORABLE = "non-ignorable";
    static final String SHIFTED = "shifted";
    static final String PUNCT = "punct";
    static final String SPACE = "space";

    /** That of ICU, major and minor: sort keys of another one may differ. */
    static final String VERSION =
            VersionInfo.ICU_VERSION.getMajor() + "." + VersionInfo.ICU_VERSION.getMinor();

    private static final int IDENTICAL_LEVEL = 5;

    private final String locale;
    private final RuleBasedCollator collator;

    /** Copies that nobody uses now: the frozen one lets threads compare one after the other. */
    private final Queue<RuleBasedCollator> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param locale as the user named it
     * @param collator with every option set; it is frozen here
     */
    IcuOrder(String locale, RuleBasedCollator collator) {
        this.locale = locale;
        this.collator = (RuleBasedCollator) collator.freeze();
    }

    static int groupOf(String maxVariable) {
        return maxVariable.equals(SPACE)
                ? Collator.ReorderCodes.SPACE
                : Collator.ReorderCodes.PUNCTUATION;
    }

    @Override
    public int compare(String left, String right) {
        RuleBasedCollator own = take();
        try {
            return own.compare(left, right);
        } finally {
            idle.add(own);
        }
    }

    /** For the caller alone, until it is put back. */
    private RuleBasedCollator take() {
        RuleBasedCollator free = idle.poll();
        return free == null ? collator.cloneAsThawed() : free;
    }

    @Override
    public String key(String text) {
        RuleBasedCollator own = take();
        RawCollationKey key;
        try {
            key = own.getRawCollationKey(text, new RawCollationKey());
        } finally {
            idle.add(own);
        }
        int withoutEnd = key.size - 1; // a zero, which no other byte is
        return new String(key.bytes, 0, withoutEnd, StandardCharsets.ISO_8859_1);
    }

    Document toDocument() {
        int strength = collator.getStrength();
        return Document.builder()
                .put(Options.LOCALE, locale)
                .put(Options.CASE_LEVEL, collator.isCaseLevel())
                .put(Options.CASE_FIRST, caseFirst())
                .put(
                        Options.STRENGTH,
                        strength == Collator.IDENTICAL ? IDENTICAL_LEVEL : strength + 1)
                .put(Options.NUMERIC_ORDERING, collator.getNumericCollation())
                .put(
                        Options.ALTERNATE,
                        collator.isAlternateHandlingShifted() ? SHIFTED : NON_IGNORABLE)
                .put(
                        Options.MAX_VARIABLE,
                        collator.getMaxVariable() == Collator.ReorderCodes.SPACE ? SPACE : PUNCT)
                .put(
                        Options.NORMALIZATION,
                        collator.getDecomposition() == Collator.CANONICAL_DECOMPOSITION)
                .put(Options.BACKWARDS, collator.isFrenchCollation())
                .put(Options.VERSION, VERSION)
                .build();
    }

    private String caseFirst() {
        if (collator.isUpperCaseFirst()) {
            return UPPER;
        }
        return collator.isLowerCaseFirst() ? LOWER : OFF;
    }
}
