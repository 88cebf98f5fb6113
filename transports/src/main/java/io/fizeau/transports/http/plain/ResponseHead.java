package io.fizeau.transports.http.plain;

import io.fizeau.transports.framing.ReceiveBuffer;

/**
 * The status and the length of an answer's body, out of its head. Only what our own listening end sends is understood: a length that is
 * told, no chunks. Not thread-safe.
 */
final class ResponseHead {
    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' '};
    private static final byte[] LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'};
    private static final byte[] CODING = {
        't', 'r', 'a', 'n', 's', 'f', 'e', 'r', '-', 'e', 'n', 'c', 'o', 'd', 'i', 'n', 'g', ':'
    };
    private static final int STATUS_DIGITS = 3;
    private static final int NO_NUMBER = -1;
    private static final int TO_LOWER = 0x20;

    private final int maxHeadBytes;
    private int status;
    private int bodyBytes;

    /** What was found. */
    enum Found {
        /** The head is not all there. */
        PART,
        /** It was all there, and is taken out. */
        WHOLE,
        /** It is none, or too long. */
        WRONG
    }

    ResponseHead(final int maxHeadBytes) {
        this.maxHeadBytes = maxHeadBytes;
    }

    int status() {
        return status;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    Found take(final ReceiveBuffer in) {
        final int known = Math.min(in.available(), VERSION.length);
        for (int i = 0; i < known; i++) {
            if (in.peek(i) != VERSION[i]) {
                return Found.WRONG;
            }
        }
        final int length = headBytes(in);
        if (length == 0) {
            return in.available() < maxHeadBytes ? Found.PART : Found.WRONG;
        }
        status = length < VERSION.length + STATUS_DIGITS
                ? NO_NUMBER
                : number(in, VERSION.length, VERSION.length + STATUS_DIGITS);
        bodyBytes = NO_NUMBER;
        final boolean isRight = status > 0 && readFields(in, length) && bodyBytes >= 0;
        in.skip(length);
        return isRight ? Found.WHOLE : Found.WRONG;
    }

    /** Up to and with the empty line; 0 if it has not come. */
    private int headBytes(final ReceiveBuffer in) {
        final int end = Math.min(in.available(), maxHeadBytes);
        for (int i = 3; i < end; i++) {
            if (in.peek(i) == '\n' && in.peek(i - 1) == '\r' && in.peek(i - 2) == '\n' && in.peek(i - 3) == '\r') {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean readFields(final ReceiveBuffer in, final int length) {
        int start = VERSION.length;
        while (true) {
            while (start < length && in.peek(start) != '\n') {
                start++;
            }
            start++;
            if (start >= length - 2) {
                return true;
            }
            if (startsWith(in, start, length, CODING)) {
                return false;
            }
            if (startsWith(in, start, length, LENGTH)) {
                int end = start;
                while (in.peek(end) != '\r') {
                    end++;
                }
                bodyBytes = number(in, start + LENGTH.length, end);
            }
        }
    }

    private static boolean startsWith(final ReceiveBuffer in, final int start, final int length, final byte[] name) {
        if (length - start < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            final int letter = in.peek(start + i);
            final int lower = letter >= 'A' && letter <= 'Z' ? letter + TO_LOWER : letter;
            if (lower != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(final ReceiveBuffer in, final int start, final int end) {
        long value = NO_NUMBER;
        for (int i = start; i < end; i++) {
            final int letter = in.peek(i);
            if (letter == ' ') {
                continue;
            }
            if (letter < '0' || letter > '9' || value > Integer.MAX_VALUE) {
                return NO_NUMBER;
            }
            value = Math.max(0, value) * 10 + letter - '0';
        }
        return value > Integer.MAX_VALUE ? NO_NUMBER : (int) value;
    }
}
