package io.smilodon.bench.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * The documents of the benchmark: about 740 bytes of JSON each. Document i depends on nothing but
 * the seed and i. Immutable.
 */
public final class People {

    private static final int WORDS = 20_000;
    private static final int TAGS = 2_000;
    private static final int TOWNS = 100;
    private static final int NAMES = 1_000;
    private static final int STREETS = 5_000;
    private static final int COUNTRIES = 40;
    private static final int TAGS_MIN = 3;
    private static final int TAGS_MAX = 7;
    private static final int WORDS_MIN = 15;
    private static final int WORDS_MAX = 59;
    static final int SCORES = 1_000_000;
    static final int VISITS = 500;
    static final int BALANCES = 100_000;

    /** How many words are neither among the most frequent hundred nor rare. */
    static final int MIDDLING_WORDS = 1_900;

    private static final int FREQUENT_WORDS = 100;
    private static final long CREATED_FIRST = 1_600_000_000_000L;
    private static final long CREATED_SPAN = 157_680_000_000L;

    private final long seed;
    private final Vocabulary words;
    private final Vocabulary names;
    private final ZipfTable wordRanks = new ZipfTable(WORDS, 1);
    private final ZipfTable tagRanks = new ZipfTable(TAGS, 1);
    private final double[] townLongitude = new double[TOWNS];
    private final double[] townLatitude = new double[TOWNS];

    public People(long seed) {
        this.seed = seed;
        this.words = new Vocabulary(WORDS, seed);
        this.names = new Vocabulary(STREETS + NAMES, seed + 1);
        SplitMix random = SplitMix.of(seed, -1);
        for (int town = 0; town < TOWNS; town++) {
            townLongitude[town] = -10 + 40 * random.nextDouble();
            townLatitude[town] = 36 + 24 * random.nextDouble();
        }
    }

    /** Document i. */
    public Person at(int index) {
        SplitMix random = SplitMix.of(seed, index);
        String first = names.capitalized(random.nextInt(NAMES));
        String last = names.capitalized(random.nextInt(NAMES));
        int town = random.nextInt(TOWNS);
        return new Person(
                index,
                first,
                last,
                Person.email(first, index),
                names.capitalized(NAMES + town),
                1 + random.nextInt(200) + " " + names.capitalized(random.nextInt(STREETS)) + " St",
                10_000 + random.nextInt(90_000),
                names.capitalized(NAMES + TOWNS + random.nextInt(COUNTRIES)),
                random.nextInt(SCORES),
                random.nextInt(VISITS),
                random.nextInt(100 * BALANCES) / 100.0,
                CREATED_FIRST + (long) (random.nextDouble() * CREATED_SPAN),
                random.nextInt(10) != 0,
                tags(random),
                around(townLongitude[town], random),
                around(townLatitude[town], random),
                text(random));
    }

    /** The documents from one index to before another. */
    public List<Person> range(int from, int to) {
        List<Person> people = new ArrayList<>(to - from);
        for (int index = from; index < to; index++) {
            people.add(at(index));
        }
        return people;
    }

    /** A word that between 3 % and 0.2 % of the documents have. */
    String middlingWord(int rank) {
        return words.word(FREQUENT_WORDS + rank);
    }

    private List<String> tags(SplitMix random) {
        int count = TAGS_MIN + random.nextInt(TAGS_MAX - TAGS_MIN + 1);
        List<String> tags = new ArrayList<>(count);
        while (tags.size() < count) {
            String tag = words.word(tagRanks.next(random));
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
        }
        return tags;
    }

    private static double around(double centre, SplitMix random) {
        double offset = (random.nextDouble() + random.nextDouble() - 1) * 0.2;
        return Math.round((centre + offset) * 1e6) / 1e6;
    }

    private String text(SplitMix random) {
        int count = WORDS_MIN + random.nextInt(WORDS_MAX - WORDS_MIN + 1);
        StringBuilder text = new StringBuilder(8 * count);
        for (int word = 0; word < count; word++) {
            text.append(word == 0 ? "" : " ").append(words.word(wordRanks.next(random)));
        }
        return text.toString();
    }
}
