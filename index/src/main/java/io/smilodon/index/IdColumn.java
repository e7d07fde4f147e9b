package io.smilodon.index;

import io.smilodon.engine.entry.ByteSpan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Encoded {@code _id}s one behind the other, in little memory. Immutable. */
sealed interface IdColumn {

    /** Points a span at one of them. */
    void read(int index, ByteSpan span);

    /** How much memory its arrays take. */
    long memoryBytes();

    /**
     * Copies them from where they lie among other bytes.
     *
     * @param starts where each begins
     * @param ends where each ends
     * @param count how many of these places count, 1 or more
     */
    static IdColumn of(byte[] bytes, int[] starts, int[] ends, int count) {
        int length = ends[0] - starts[0];
        boolean areAlike = length >= Long.BYTES && length <= 2 * Long.BYTES;
        for (int index = 1; index < count; index++) {
            areAlike &= ends[index] - starts[index] == length;
        }
        if (!areAlike) {
            return Whole.of(bytes, starts, ends, count);
        }
        Layout layout = Layout.of(bytes, starts, count, length);
        return layout.width() <= Long.SIZE
                ? Packed.of(bytes, starts, count, layout)
                : Whole.of(bytes, starts, ends, count);
    }

    /**
     * Eight bytes as a number, of which some bits that lie together are left out.
     *
     * @param base all others
     */
    record Bits(long base, int shift, int width) {

        static Bits of(long number, long varying) {
            if (varying == 0) {
                return new Bits(number, 0, 0);
            }
            int shift = Long.numberOfTrailingZeros(varying);
            int width = Long.SIZE - shift - Long.numberOfLeadingZeros(varying);
            Bits bits = new Bits(0, shift, width);
            return new Bits(number & ~(bits.mask() << shift), shift, width);
        }

        long putBack(long bits) {
            return base | bits << shift;
        }

        /** As many ones. */
        long mask() {
            return width == 0 ? 0 : -1L >>> Long.SIZE - width;
        }
    }

    /** Ids of the same length by their first eight bytes and their last, which may overlap. */
    record Layout(int length, Bits left, Bits right) {

        /** Leaves out what the ids at these places have in common. */
        static Layout of(byte[] bytes, int[] starts, int count, int length) {
            int last = length - Long.BYTES;
            long left = Packed.at(bytes, starts[0]);
            long right = Packed.at(bytes, starts[0] + last);
            long leftVaries = 0;
            long rightVaries = 0;
            for (int index = 1; index < count; index++) {
                leftVaries |= left ^ Packed.at(bytes, starts[index]);
                rightVaries |= right ^ Packed.at(bytes, starts[index] + last);
            }
            int half = Byte.SIZE / 2 * last; // of the bits that left lacks, as all may be 64
            long lacking = ~(-1L << half << half);
            return new Layout(
                    length, Bits.of(left, leftVaries), Bits.of(right, rightVaries & lacking));
        }

        /** How many bits are left of an id. */
        int width() {
            return left.width() + right.width();
        }

        byte[] id(long bits) {
            byte[] id = new byte[length];
            long first = left.width() == 0 ? 0 : bits >>> right.width();
            Packed.LONG_AT.set(id, length - Long.BYTES, right.putBack(bits & right.mask()));
            Packed.LONG_AT.set(id, 0, left.putBack(first));
            return id;
        }
    }

    /** Of each no more than the bits in which they differ, in one or two numbers. */
    record Packed(Layout layout, int[] lowest, int[] highest) implements IdColumn {

        private static final VarHandle LONG_AT =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        private static long at(byte[] bytes, int place) {
            return (long) LONG_AT.get(bytes, place);
        }

        static Packed of(byte[] bytes, int[] starts, int count, Layout layout) {
            int[] lowest = new int[count];
            int[] highest = new int[layout.width() <= Integer.SIZE ? 0 : count];
            int last = layout.length() - Long.BYTES;
            Bits left = layout.left();
            Bits right = layout.right();
            long leftMask = left.mask();
            long rightMask = right.mask();
            for (int index = 0; index < count; index++) {
                long ofLeft = at(bytes, starts[index]) >>> left.shift() & leftMask;
                long ofRight = at(bytes, starts[index] + last) >>> right.shift() & rightMask;
                long bits = ofLeft << right.width() | ofRight;
                lowest[index] = (int) bits;
                if (highest.length > 0) {
                    highest[index] = (int) (bits >>> Integer.SIZE);
                }
            }
            return new Packed(layout, lowest, highest);
        }

        @Override
        public void read(int index, ByteSpan span) {
            long low = Integer.toUnsignedLong(lowest[index]);
            span.set(
                    layout.id(
                            highest.length == 0
                                    ? low
                                    : (long) highest[index] << Integer.SIZE | low));
        }

        @Override
        public long memoryBytes() {
            return (long) Integer.BYTES * (lowest.length + highest.length);
        }
    }

    /** Ids of any kind. */
    record Whole(byte[] bytes, int[] ends) implements IdColumn {

        static Whole of(byte[] bytes, int[] starts, int[] ends, int count) {
            int[] ownEnds = new int[count];
            int size = 0;
            for (int index = 0; index < count; index++) {
                size += ends[index] - starts[index];
                ownEnds[index] = size;
            }
            byte[] own = new byte[size];
            for (int index = 0; index < count; index++) {
                int length = ends[index] - starts[index];
                System.arraycopy(bytes, starts[index], own, ownEnds[index] - length, length);
            }
            return new Whole(own, ownEnds);
        }

        @Override
        public void read(int index, ByteSpan span) {
            int start = index == 0 ? 0 : ends[index - 1];
            span.set(bytes, start, ends[index] - start);
        }

        @Override
        public long memoryBytes() {
            return bytes.length + (long) Integer.BYTES * ends.length;
        }
    }
}
