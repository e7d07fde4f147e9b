package io.smilodon.index.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a search as the user wrote it. A minus sign after white space negates the word or
 * the phrase that follows at once, up to the next white space; the words of a wanted phrase are
 * wanted words too. Not thread-safe.
 */
final class SearchText {

    private final StringBuilder wanted = new StringBuilder();
    private final StringBuilder unwanted = new StringBuilder();
    private final List<String> phrases = new ArrayList<>();
    private final List<String> negatedPhrases = new ArrayList<>();
    private boolean isNegated;
    private int phraseStart = -1;

    private SearchText() {}

    static SearchText read(String text) {
        SearchText read = new SearchText();
        int at = 0;
        while (at < text.length()) {
            boolean isAfterSpace = at == 0 || Character.isWhitespace(text.charAt(at - 1));
            int end = wordEnd(text, at);
            if (end > at) {
                read.word(text.substring(at, end), isAfterSpace);
                at = end;
            } else {
                read.delimiter(text, at, isAfterSpace);
                at++;
            }
        }
        return read;
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && !isDelimiter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** What is no ASCII letter or digit and no other character beyond ASCII. */
    private static boolean isDelimiter(char letter) {
        return letter < 0x80 && !Character.isLetterOrDigit(letter) && letter != '_';
    }

    private void word(String word, boolean isAfterSpace) {
        boolean isInPhrase = phraseStart >= 0;
        if (isInPhrase && isNegated) {
            return; // only the phrase as a whole is unwanted
        }
        isNegated = isNegated && !isAfterSpace;
        (isNegated ? unwanted : wanted).append(word).append(' ');
    }

    private void delimiter(String text, int at, boolean isAfterSpace) {
        boolean isInPhrase = phraseStart >= 0;
        if (text.charAt(at) == '-' && !isInPhrase && isAfterSpace) {
            isNegated = true;
        } else if (text.charAt(at) == '"' && isInPhrase) {
            (isNegated ? negatedPhrases : phrases).add(text.substring(phraseStart, at));
            phraseStart = -1;
        } else if (text.charAt(at) == '"') {
            isNegated = isNegated && !isAfterSpace;
            phraseStart = at + 1;
        }
    }

    String wanted() {
        return wanted.toString();
    }

    String unwanted() {
        return unwanted.toString();
    }

    List<String> phrases() {
        return phrases;
    }

    List<String> negatedPhrases() {
        return negatedPhrases;
    }
}
