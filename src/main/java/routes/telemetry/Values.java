package routes.telemetry;

/**
 * Checks JSON values of any kind, where they stand, with all that is in them. Nesting is bounded by
 * {@link TelemetryReader#MAX_DEPTH}, so the recursion is.
 */
final class Values {
    private final SipHash hash;
    /** The names of all objects but the channels', each after its object's number; null while there is none. */
    private NameTable names;

    private int objects;
    private byte[] key = new byte[64];

    Values(SipHash hash) {
        this.hash = hash;
    }

    /** Forgets the names of the last message. */
    void clear() {
        names = null;
        objects = 0;
    }

    /** The position of the first byte from {@code at} that is not white space. */
    static int space(byte[] value, int at) {
        int p = at;
        while (p < value.length && isSpace(value[p])) {
            p++;
        }
        return p;
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The byte at {@code at}; 0, which is in no JSON text, past the end. */
    static int byteAt(byte[] value, int at) {
        return at < value.length ? value[at] : 0;
    }

    /** Checks a name's opening quotation mark and the rest of it; returns the position after it. */
    static int nameEnd(byte[] value, int at) {
        if (byteAt(value, at) != '"') {
            throw Faults.syntax(value, at, "the quotation mark of a name");
        }
        return Strings.end(value, at);
    }

    /** Checks the colon after a name and the space around it; returns the position of the value. */
    static int colon(byte[] value, int at) {
        int p = space(value, at);
        if (byteAt(value, p) != ':') {
            throw Faults.syntax(value, p, "a colon after a name");
        }
        return space(value, p + 1);
    }

    /**
     * Checks what stands after a member or element: a comma, or the bracket that closes its object or array.
     *
     * @return the position of that
     */
    static int separator(byte[] value, int at, char closing) {
        int p = space(value, at);
        int b = byteAt(value, p);
        if (b != ',' && b != closing) {
            throw Faults.syntax(value, p, "a comma or " + closing);
        }
        return p;
    }

    /**
     * Checks the value at {@code at}.
     *
     * @param depth how many objects and arrays are open around it
     * @return the position after it
     */
    int end(byte[] value, int at, int depth) {
        return switch (byteAt(value, at)) {
            case '{' -> objectEnd(value, at, deeper(at, depth));
            case '[' -> arrayEnd(value, at, deeper(at, depth));
            default -> scalarEnd(value, at);
        };
    }

    static int scalarEnd(byte[] value, int at) {
        int b = byteAt(value, at);
        return switch (b) {
            case '"' -> Strings.end(value, at);
            case 't' -> Literals.end(value, at, Literals.TRUE);
            case 'f' -> Literals.end(value, at, Literals.FALSE);
            case 'n' -> Literals.end(value, at, Literals.NULL);
            case 'N', 'I' -> throw Literals.notFinite(value, at, at);
            default -> {
                if (!Numbers.isStart(b)) {
                    throw Faults.syntax(value, at, "a JSON value");
                }
                yield Numbers.end(value, at);
            }
        };
    }

    /** What a value is that begins with this byte, for people. */
    static String kind(int b) {
        return switch (b) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a string";
            case 't', 'f' -> "a boolean";
            case 'n' -> "null";
            default -> "a number";
        };
    }

    private static int deeper(int at, int depth) {
        if (depth == TelemetryReader.MAX_DEPTH) {
            throw Faults.at(
                    at,
                    Reason.TOO_DEEP,
                    "found level " + (depth + 1) + " of nesting, expected at most " + TelemetryReader.MAX_DEPTH);
        }
        return depth + 1;
    }

    private int arrayEnd(byte[] value, int at, int depth) {
        int p = space(value, at + 1);
        if (byteAt(value, p) == ']') {
            return p + 1;
        }
        while (true) {
            p = separator(value, end(value, p, depth), ']');
            if (value[p] == ']') {
                return p + 1;
            }
            p = space(value, p + 1);
        }
    }

    private int objectEnd(byte[] value, int at, int depth) {
        int object = ++objects;
        int p = space(value, at + 1);
        if (byteAt(value, p) == '}') {
            return p + 1;
        }
        while (true) {
            int end = nameEnd(value, p);
            name(object, value, p, end);
            p = separator(value, end(value, colon(value, end), depth), '}');
            if (value[p] == '}') {
                return p + 1;
            }
            p = space(value, p + 1);
        }
    }

    /**
     * Takes down a name, given with its quotation marks, of the object with this number; the message's own is 0. One
     * table serves all objects, so that many small ones cost no more than their names.
     */
    void name(int object, byte[] value, int start, int end) {
        if (key.length < end - start + 4) {
            key = new byte[(end - start) * 2 + 4];
        }
        if (names == null) {
            names = new NameTable(hash, 0, 0);
        }
        for (int i = 0; i < 4; i++) {
            key[i] = (byte) (object >>> i * 8);
        }
        int length = Strings.unescape(value, start + 1, end - 1, key, 4);
        if (!names.add(key, 0, length)) {
            throw duplicate(start, key, 4, length);
        }
    }

    static InvalidTelemetryException duplicate(int at, byte[] text, int from, int to) {
        return Faults.at(
                at,
                Reason.DUPLICATE_KEY,
                "found name " + Faults.printable(text, from, to) + " again, expected each name once in an object");
    }
}
