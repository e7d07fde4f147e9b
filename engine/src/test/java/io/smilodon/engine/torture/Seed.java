package io.smilodon.engine.torture;

/** Seeds of rounds, from the seed of the campaign. Pure functions. */
final class Seed {

    private Seed() {}

    static long of(long campaign, String suite, long round) {
        return mixed(mixed(campaign + suite.hashCode()) + round);
    }

    /** Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014). */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
