package routes.telemetry;

import java.util.Arrays;

/**
 * Distinct names in the order in which they were added, found by open addressing over their bytes. At most half of the
 * slots are taken and the hash is keyed with a secret, so no choice of names makes it slow.
 *
 * <p>A table is filled by one thread; it may be shared once it is filled.
 */
final class NameTable {
    private static final int SMALLEST = 16;

    private final SipHash hash;
    /** The names in quotation marks, one after the other, and a word that may be read past the last. */
    private byte[] text;
    /** Where each name's opening quotation mark stands; one more for the end. */
    private int[] starts;

    private int[] hashes;
    /** 1 + the index of the name, 0 for none. */
    private int[] slots;

    private int size;

    /**
     * @param names how many names are expected
     * @param length how long they are together, with their quotation marks
     */
    NameTable(SipHash hash, int names, int length) {
        int capacity = Math.max(SMALLEST, names);
        this.hash = hash;
        this.text = new byte[length + SMALLEST * SMALLEST];
        this.starts = new int[capacity + 1];
        this.hashes = new int[capacity];
        this.slots = new int[Integer.highestOneBit(capacity * 2 - 1) * 2];
    }

    int size() {
        return size;
    }

    /** The length of all names together, with their quotation marks. */
    int length() {
        return starts[size];
    }

    /** Adds a name, unless it is there already. */
    boolean add(byte[] bytes, int from, int to) {
        int h = (int) hash.hash(bytes, from, to);
        if (find(h, bytes, from, to) >= 0) {
            return false;
        }
        append(h, bytes, from, to);
        return true;
    }

    /** Adds the first {@code count} names of {@code other}, which has the same hash, to this, which is empty. */
    void addFirst(NameTable other, int count) {
        for (int i = 0; i < count; i++) {
            append(other.hashes[i], other.text, other.starts[i] + 1, other.starts[i + 1] - 1);
        }
    }

    /** The index of the name; −1 if it is not there. */
    int indexOf(byte[] bytes, int from, int to) {
        return find((int) hash.hash(bytes, from, to), bytes, from, to);
    }

    /** The index in this table of name {@code i} of {@code other}; −1 if it is not there. */
    int indexOf(NameTable other, int i) {
        return indexOf(other.text, other.starts[i] + 1, other.starts[i + 1] - 1);
    }

    /** Whether name {@code i}, which is one of those without escapes, stands in its quotation marks at {@code at}. */
    boolean stands(int i, byte[] value, int at) {
        int from = starts[i];
        int to = starts[i + 1];
        int end = at + to - from;
        if (end + Words.SIZE <= value.length) {
            return Words.equal(text, from, value, at, to - from);
        }
        return end <= value.length && Arrays.equals(text, from, to, value, at, end);
    }

    /** The length of name {@code i} with its quotation marks. */
    int length(int i) {
        return starts[i + 1] - starts[i];
    }

    /** Whether the first {@code count} names of both are the same. */
    boolean beginsLike(NameTable other, int count) {
        return size >= count
                && other.size >= count
                && starts[count] == other.starts[count]
                && Arrays.equals(text, 0, starts[count], other.text, 0, starts[count])
                && Arrays.equals(starts, 0, count, other.starts, 0, count);
    }

    private int find(int h, byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        for (int slot = h & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int i = slots[slot] - 1;
            if (hashes[i] == h && Arrays.equals(text, starts[i] + 1, starts[i + 1] - 1, bytes, from, to)) {
                return i;
            }
        }
        return -1;
    }

    private void append(int h, byte[] bytes, int from, int to) {
        if (size == hashes.length) {
            grow();
        }
        int at = starts[size];
        int end = at + to - from + 2;
        if (end + Words.SIZE > text.length) {
            text = Arrays.copyOf(text, Math.max(end + Words.SIZE, text.length * 2));
        }
        text[at] = '"';
        System.arraycopy(bytes, from, text, at + 1, to - from);
        text[end - 1] = '"';
        starts[size + 1] = end;
        hashes[size++] = h;
        take(h, size);
    }

    private void take(int h, int entry) {
        int mask = slots.length - 1;
        int slot = h & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, size * 2 + 1);
        hashes = Arrays.copyOf(hashes, size * 2);
        slots = new int[slots.length * 2];
        for (int i = 0; i < size; i++) {
            take(hashes[i], i + 1);
        }
    }
}
