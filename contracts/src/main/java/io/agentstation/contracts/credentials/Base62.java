package io.agentstation.contracts.credentials;

import java.math.BigInteger;

/** Bytes as letters and digits, for credentials that survive a double click and a URL. */
public final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);

    private Base62() {}

    /** The bytes as one unsigned number in base 62, left-padded to a length that depends on the byte count only. */
    public static String encode(byte[] bytes) {
        int length = (int) Math.ceil(bytes.length * 8 / (Math.log(62) / Math.log(2)));
        StringBuilder text = new StringBuilder(length);
        BigInteger rest = new BigInteger(1, bytes);
        for (int i = 0; i < length; i++) {
            BigInteger[] step = rest.divideAndRemainder(BASE);
            text.append(DIGITS.charAt(step[1].intValueExact()));
            rest = step[0];
        }
        return text.reverse().toString();
    }
}
