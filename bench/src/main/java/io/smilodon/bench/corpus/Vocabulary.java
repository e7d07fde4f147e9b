package io.smilodon.bench.corpus;

import java.util.LinkedHashSet;
import java.util.Set;

/** Pronounceable words, the frequent ones short. Immutable. */
final class Vocabulary {

    private static final String[] ONSETS = {
        "b", "br", "c", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"
    };
    private static final String[] RHYMES = {
        "a", "e", "i", "o", "u", "an", "el", "in", "or", "us", "ar", "en", "it", "on", "ea"
    };

    private final String[] words;

    Vocabulary(int count, long seed) {
        SplitMix random = SplitMix.of(seed, count);
        Set<String> made = new LinkedHashSet<>();
        while (made.size() < count) {
            int syllables = 2 + (made.size() > 700 ? 1 : 0) + random.nextInt(2);
            StringBuilder word = new StringBuilder();
            for (int syllable = 0; syllable < syllables; syllable++) {
                word.append(ONSETS[random.nextInt(ONSETS.length)]);
                word.append(RHYMES[random.nextInt(RHYMES.length)]);
            }
            made.add(word.toString());
        }
        words = made.toArray(String[]::new);
    }

    String word(int rank) {
        return words[rank];
    }

    String capitalized(int rank) {
        String word = words[rank];
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
