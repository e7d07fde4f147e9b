package io.smilodon.bench.corpus;

/**
 * A small random generator that can be started anywhere (Steele, Lea, Flood, "Fast splittable
 * pseudorandom number generators", 2014). Not thread-safe.
 */
public final class SplitMix {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public SplitMix(long seed) {
        this.state = seed;
    }

    /** The generator of one document: depends on nothing but the two numbers. */
    static SplitMix of(long seed, long index) {
        return new SplitMix(mix(seed * GAMMA + mix(index + GAMMA)));
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** A number from 0 to below the bound. */
    public int nextInt(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** A number from 0 to below 1. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }
}
