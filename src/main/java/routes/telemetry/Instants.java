package routes.telemetry;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/** Instants as ISO 8601 writes them in UTC: {@code 2026-11-20T10:00:00.000Z}, with 0–9 decimals. */
final class Instants {
    /** No instant. */
    static final long NONE = Long.MIN_VALUE;

    private static final String FORM = "dddd-dd-ddTdd:dd:dd";

    private Instants() {}

    /** Milliseconds since 1970, the rest cut off; {@link #NONE} if this is no instant, or one that never was. */
    static long millis(byte[] text, int from, int to) {
        if (!hasForm(text, from, to)) {
            return NONE;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        boolean real = month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
        if (!real || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L + hour * 3600 + minute * 60 + second;
        return seconds * 1000 + fractionMillis(text, from + FORM.length() + 1, to - 1);
    }

    private static boolean hasForm(byte[] text, int from, int to) {
        int end = from + FORM.length();
        if (to <= end || text[to - 1] != 'Z') {
            return false;
        }
        for (int i = from; i < end; i++) {
            char form = FORM.charAt(i - from);
            if (form == 'd' ? !isDigit(text[i]) : text[i] != form) {
                return false;
            }
        }
        return to - 1 == end || hasFraction(text, end, to - 1);
    }

    private static boolean hasFraction(byte[] text, int point, int to) {
        for (int i = point + 1; i < to; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return text[point] == '.' && to - point >= 2 && to - point <= 10;
    }

    private static int fractionMillis(byte[] text, int from, int to) {
        int millis = 0;
        for (int i = from; i < from + 3; i++) {
            millis = millis * 10 + (i < to ? text[i] - '0' : 0);
        }
        return millis;
    }

    private static int days(int year, int month) {
        return Month.of(month).length(Year.isLeap(year));
    }

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
