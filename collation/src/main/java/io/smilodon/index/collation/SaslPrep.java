package io.smilodon.index.collation;

import com.ibm.icu.text.StringPrep;
import com.ibm.icu.text.StringPrepParseException;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;

/**
 * How passwords are written before they are compared: the profile of RFC 4013, by which signs that
 * look alike, or that keyboards give in several ways, become the same. ICU knows it, as does
 * MongoDB by ICU. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4013">RFC 4013</a>
 */
public final class SaslPrep {

    private SaslPrep() {}

    /**
     * The one form of a text.
     *
     * @throws SmilodonException {@code BadValue} for signs that are forbidden (those of control),
     *     that Unicode 3.2 does not know, or that run in both directions. The text is not told: it
     *     may be a password
     */
    public static String prepare(String text) {
        try {
            return StringPrep.getInstance(StringPrep.RFC4013_SASLPREP)
                    .prepare(text, StringPrep.DEFAULT);
        } catch (StringPrepParseException forbidden) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "Unable to normalize input string");
        }
    }
}
